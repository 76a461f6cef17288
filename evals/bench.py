"""Speed and memory, on the two documents and at the scale of 30,349 passages of law, beside LangChain's own hybrid search.

    .venv/bin/python evals/bench.py [--scale ../shared/scale/wetten] [--out evals/results/bench.md] [--repeat 5]

Every part runs in a process of its own, one after another, so that one part's memory is not counted for another. Memory is
the most that the process and its children held together (sampled, and by the kernel's own count for the cold start).
LangChain's EnsembleRetriever fuses BM25Retriever and Chroma over the same passages, words and vectors, and is asked
for the same number of passages. Without langchain-classic, langchain-community and rank-bm25 (the "dev" extra) that part
is left out, and without the folder of --scale everything at scale is.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import platform
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path

import numpy as np
import psutil

ROOT = Path(__file__).resolve().parent.parent
SCALE = ROOT.parent / "shared" / "scale" / "wetten"
QUERIES = 200
TOP = 10
_SEED = 7
_DAY = date(2026, 11, 22)
_LONGEST = 400  # seconds a part may take
_EVERY = 0.05  # seconds between two looks at the memory
_COMPARED = ("langchain_classic", "langchain_community", "rank_bm25")

Numbers = dict[str, float]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--scale", type=Path, default=SCALE)
    options.add_argument("--out", type=Path)
    options.add_argument("--repeat", type=int, default=5)
    options.add_argument("--part", choices=list(PARTS), help=argparse.SUPPRESS)
    options.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.part:
        print(json.dumps(PARTS[given.part](given.folder, given.scale)))
        return
    with tempfile.TemporaryDirectory(prefix="regelwijzer-bench-") as name:
        text = report(measured(Path(name), given.scale, given.repeat))
    print(text)
    if given.out:
        given.out.parent.mkdir(parents=True, exist_ok=True)
        given.out.write_text(text + "\n", "utf-8")


def measured(folder: Path, scale: Path, repeat: int) -> dict[str, Numbers]:
    """The numbers of every part that can run here, by part."""
    shutil.copytree(ROOT / "corpus", folder / "home" / "corpus")
    found = {"small": part("small", folder, scale), "cold": cold(folder / "home", repeat)}
    if scale.is_dir():
        found |= {name: part(name, folder, scale) for name in ("build", "search")}
        if all(importlib.util.find_spec(name) for name in _COMPARED):
            found["langchain"] = part("langchain", folder, scale)
    return found


def part(name: str, folder: Path, scale: Path) -> Numbers:
    """Runs one part in a process of its own and adds the most memory that it and its children held at one time."""
    print(f"{name} …", file=sys.stderr)
    command = [sys.executable, __file__, "--part", name, "--folder", str(folder), "--scale", str(scale)]
    process = psutil.Popen(command, stdout=subprocess.PIPE, text=True)
    most, begun = 0, time.monotonic()
    while process.poll() is None:
        most = max(most, tree_rss(process))
        if time.monotonic() - begun > _LONGEST:
            process.kill()
            raise SystemExit(f"part {name} took longer than {_LONGEST} s")
        time.sleep(_EVERY)
    if process.returncode:
        raise SystemExit(f"part {name} failed")
    return {**json.loads(process.stdout.read().splitlines()[-1]), "rss_mb": most / 1e6}


def tree_rss(process: psutil.Process) -> int:
    """Bytes in memory of a process and all below it; files that they share are counted more than once."""
    total = 0
    for one in [process, *_children(process)]:
        try:
            total += one.memory_info().rss
        except psutil.Error:
            continue  # it ended while we looked
    return total


def _children(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.children(recursive=True)
    except psutil.Error:
        return []


def cold(home: Path, repeat: int) -> Numbers:
    """Wall time and the kernel's count of peak memory of ``regelwijzer ask`` in a fresh process."""
    command = [sys.executable, "-m", "assistant", "--home", str(home), "ask", "--json", "Wie mag casemanagement indiceren?"]
    seconds, worked, memory = [], [], []
    for _ in range(repeat):
        begun = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=ROOT)
        _, status, usage = os.wait4(process.pid, 0)
        seconds.append(time.perf_counter() - begun)
        worked.append(usage.ru_utime + usage.ru_stime)
        memory.append(usage.ru_maxrss * 1024 / 1e6)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit("regelwijzer ask failed")
    return {
        "seconds": float(np.median(seconds)),
        "slowest": max(seconds),
        "cpu": float(np.median(worked)),
        "rss_mb": max(memory),
    }


def small(folder: Path, _: Path) -> Numbers:
    """Builds the index of the two documents from their files and answers the development questions."""
    from assistant.evaluation.questions import load_set
    from assistant.home import Home
    from assistant.records import Question
    from assistant.service import Service
    from assistant.settings import Settings

    service = Service(Home(folder / "home"), Settings())
    begun, busy = time.perf_counter(), processor_seconds()
    service.build_index()
    built, worked = time.perf_counter() - begun, processor_seconds() - busy
    items = load_set(ROOT / "evals" / "questions" / "dev.jsonl")[::2]
    questions = [Question(item.question, _DAY, item.history) for item in items]
    times = timed([partial(service.ask, question) for question in questions])
    return {"build_seconds": built, "build_cpu": worked, "questions": len(items), **times}


def build(folder: Path, scale: Path) -> Numbers:
    """Indexes the passages at scale with the product's own builder."""
    from assistant.embedding import load_embedder
    from assistant.evaluation.beir import load_passages
    from assistant.indexing import BuildOptions, IndexInput, build_generation

    documents, passages = load_passages(scale)
    embedder = load_embedder()
    begun, busy = time.perf_counter(), processor_seconds()
    build_generation(folder / "scale", IndexInput((), documents, passages), embedder, BuildOptions(keep=1))
    seconds = time.perf_counter() - begun
    worked = processor_seconds() - busy
    count = len(passages)
    return {"passages": count, "seconds": seconds, "per_second": count / seconds, "cpu_per_second": count / worked}


def search(folder: Path, scale: Path) -> Numbers:
    """Warm retrieval over the passages at scale: analysis of the question and ranked passages."""
    from assistant.answering.calibration import load_calibration
    from assistant.corpus.glossary import load_glossary
    from assistant.embedding import load_embedder
    from assistant.indexing import OpenOptions, open_current
    from assistant.records import Question
    from assistant.service import EXACT_UNTIL, desk_over

    asked = [Question(text, _DAY) for text in queries(scale)]
    glossary = load_glossary(ROOT / "corpus")
    begun = time.perf_counter()
    with open_current(folder / "scale", options=OpenOptions(exact_until=EXACT_UNTIL)) as generation:
        desk = desk_over(generation, load_embedder(), glossary, load_calibration())
        desk.retriever.search(desk.analyst.analyse(asked[0]), TOP)
        opened = time.perf_counter() - begun

        def ask(question: Question) -> object:
            return desk.retriever.search(desk.analyst.analyse(question), TOP)

        return {"open_seconds": opened, "queries": len(asked), **timed([partial(ask, question) for question in asked])}


def langchain(folder: Path, scale: Path) -> Numbers:
    """The same passages, words and vectors in LangChain's EnsembleRetriever of BM25Retriever and Chroma."""
    from langchain_chroma import Chroma
    from langchain_classic.retrievers import EnsembleRetriever
    from langchain_community.retrievers import BM25Retriever

    from assistant.evaluation.beir import load_passages
    from assistant.indexing.texts import own_text
    from assistant.language.tokens import words

    _, passages = load_passages(scale)
    texts = [own_text(passage) for passage in passages]
    begun = time.perf_counter()
    lexical = BM25Retriever.from_texts(texts, preprocess_func=words, k=TOP)
    store = Chroma(
        "passages",
        embedding_function=_embeddings(),
        persist_directory=str(folder / "langchain"),
        collection_metadata={"hnsw:space": "cosine"},
    )
    for start in range(0, len(texts), 5_000):
        store.add_texts(texts[start : start + 5_000])
    seconds = time.perf_counter() - begun
    both = EnsembleRetriever(retrievers=[lexical, store.as_retriever(search_kwargs={"k": TOP})], weights=[0.5, 0.5])
    asked = queries(scale)
    return {"seconds": seconds, **timed([partial(both.invoke, text) for text in asked])}


def _embeddings() -> object:
    """The product's embedder as LangChain sees one."""
    from langchain_core.embeddings import Embeddings

    from assistant.embedding import load_embedder

    embedder = load_embedder()

    class Ours(Embeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return [vector.tolist() for vector in embedder.embed_passages(texts)]

        def embed_query(self, text: str) -> list[float]:
            return [float(value) for value in embedder.embed_queries([text])[0]]

    return Ours()


def queries(scale: Path) -> list[str]:
    """Questions about passages drawn by a fixed seed: by turns a heading, and the first words of a sentence."""
    from assistant.evaluation.beir import load_passages

    _, passages = load_passages(scale)
    long = [passage for passage in passages if len(passage.text.split()) > 20]
    made = []
    for number, passage in enumerate(random.Random(_SEED).sample(long, QUERIES)):
        sentence = max(passage.units, key=lambda unit: len(unit.text)).text
        words = " ".join(passage.section) if number % 2 else " ".join(sentence.split()[:12])
        made.append(f"Wat is er geregeld over {words}?")
    return made


def timed(calls: Sequence[Callable[[], object]]) -> Numbers:
    """Median and 95th percentile in milliseconds, after a few calls that are not counted; and of processor time."""
    for call in calls[:5]:
        call()
    spent, worked = [], []
    for call in calls:
        begun, busy = time.perf_counter(), time.process_time()
        call()
        worked.append((time.process_time() - busy) * 1000)
        spent.append((time.perf_counter() - begun) * 1000)
    return {
        "p50_ms": float(np.percentile(spent, 50)),
        "p95_ms": float(np.percentile(spent, 95)),
        "cpu_p50_ms": float(np.percentile(worked, 50)),
        "cpu_p95_ms": float(np.percentile(worked, 95)),
    }


def processor_seconds() -> float:
    """Processor time of this process and of the children that it waited for."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


PARTS: Mapping[str, Callable[[Path, Path], Numbers]] = {
    "small": small,
    "build": build,
    "search": search,
    "langchain": langchain,
}


def report(found: Mapping[str, Numbers]) -> str:
    """The table: each line with the processor time that went into it and what it must reach."""
    few, start = found["small"], found["cold"]
    rows = [
        _row("`regelwijzer ask`, cold start", f"{start['seconds']:.2f} s", f"{start['cpu']:.2f} s", "2.5 s"),
        _row("`regelwijzer ask`, slowest cold start", f"{start['slowest']:.2f} s"),
        _row("`regelwijzer ask`, peak memory", f"{start['rss_mb']:.0f} MB", must="400 MB"),
        _row("two documents: index built", f"{few['build_seconds']:.1f} s", f"{few['build_cpu']:.1f} s", "10 s"),
        *_latency("two documents: warm answer", few, ("15 ms", "")),
    ]
    if "search" in found:
        made, ours = found["build"], found["search"]
        speed, worked = f"{made['per_second']:.0f} a second", f"{made['cpu_per_second']:.0f} a second"
        rows += [
            _row(f"{made['passages']:,.0f} passages: built", speed, worked, "300 a second"),
            _row("… peak memory while building", f"{made['rss_mb']:.0f} MB", must="1500 MB"),
            _row("… opened and the first question answered", f"{ours['open_seconds']:.1f} s"),
            *_latency("… warm retrieval", ours, ("25 ms", "60 ms")),
            _row("… peak memory while searching", f"{ours['rss_mb']:.0f} MB", must="1500 MB"),
        ]
    if "langchain" in found:
        theirs = found["langchain"]
        rows += [
            _row("LangChain EnsembleRetriever: built", f"{theirs['seconds']:.0f} s"),
            *_latency("… warm retrieval", theirs, ("", "")),
            _row("… peak memory", f"{theirs['rss_mb']:.0f} MB"),
            _ratio("LangChain's p50 / ours", theirs, ours, "p50_ms", "10"),
            _ratio("LangChain's p95 / ours", theirs, ours, "p95_ms", ""),
            _row("LangChain's build / ours", f"{theirs['seconds'] / made['seconds']:.1f}"),
        ]
    load = psutil.getloadavg()[0]
    where = (
        f"Python {platform.python_version()}, {os.cpu_count()} cores, load {load:.1f} at the end. "
        "Where the machine has other work to do, processor time says more than the clock."
    )
    head = ["| what | by the clock | processor time | must reach |", "| --- | ---: | ---: | ---: |"]
    return "\n".join(["# Speed and memory", "", f"Made with `evals/bench.py`. {where}", "", *head, *rows])


def _row(what: str, measured: str, worked: str = "", must: str = "") -> str:
    return f"| {what} | {measured} | {worked} | {must} |"


def _latency(what: str, numbers: Numbers, must: tuple[str, str]) -> list[str]:
    return [
        _row(f"{what}, {part}", f"{numbers[f'{part}_ms']:.1f} ms", f"{numbers[f'cpu_{part}_ms']:.1f} ms", limit)
        for part, limit in zip(("p50", "p95"), must, strict=True)
    ]


def _ratio(what: str, theirs: Numbers, ours: Numbers, name: str, must: str) -> str:
    return _row(what, f"{theirs[name] / ours[name]:.1f}", f"{theirs[f'cpu_{name}'] / ours[f'cpu_{name}']:.1f}", must)


if __name__ == "__main__":
    main()
