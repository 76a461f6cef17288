"""``python -m assistant.reading FILE...``: a table of how each file is read, for those who look after the readers."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from assistant.reading.read import read_file


def main(names: list[str]) -> None:
    """Prints a line a file, and the number of files for every verdict."""
    counts: Counter[str] = Counter()
    for name in names:
        reading = read_file(Path(name), Path(name).stem)
        counts[reading.verdict] += 1
        found = reading.document
        size = f"{len(found.blocks):5} blokken {len(found.text):8} tekens" if found else reading.message
        print(f"{reading.verdict:12} {reading.pages:4} p.  {Path(name).name:40} {size}")
    print("; ".join(f"{verdict}: {count}" for verdict, count in counts.most_common()))


if __name__ == "__main__":
    main(sys.argv[1:])
