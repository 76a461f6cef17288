"""Opening the index must stay cheap: no heavy library is loaded before Chroma is really asked."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

HEAVY = {"chromadb", "scipy", "torch", "sentence_transformers", "langchain", "bm25s", "httpx"}


def test_reading_words_loads_nothing_heavy(two_built: Path) -> None:
    program = (
        "import json, sys; from pathlib import Path; from assistant.indexing import OpenOptions, open_current\n"
        f"found = open_current(Path({str(two_built)!r}), options=OpenOptions(exact_until=1000))\n"
        "found.words.scores({'regel': 1.0}); found.vectors.search(found.vectors.matrix[0], 3); found.passages[0]\n"
        "print(json.dumps(sorted({name.split('.')[0] for name in sys.modules})))"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=root)
    assert not HEAVY & set(json.loads(done.stdout))
