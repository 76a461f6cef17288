"""Changes to TOML text leave every other byte as it is."""

from __future__ import annotations

import difflib
import tomllib
from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from small_corpus import Shop

from assistant.corpus.editing import append_entry, change_entry, remove_entry


def changed_lines(before: str, after: str) -> list[str]:
    return [line for line in difflib.ndiff(before.splitlines(), after.splitlines()) if line[0] in "+-"]


def test_a_change_touches_its_lines_only_and_new_keys_come_below_status(shop: Shop) -> None:
    before = shop.catalogue.read_text("utf-8")
    after = change_entry(before, "document", 0, {"title": 'Een "brief"', "valid_until": date(2027, 1, 1)})
    assert changed_lines(before, after) == [
        '- title = "De brief"  # zoals hij heet',
        '+ title = "Een \\"brief\\""  # zoals hij heet',
        "+ valid_until = 2027-01-01",
    ]
    lines = after.splitlines()
    assert lines[lines.index("valid_until = 2027-01-01") - 1] == 'status = "gepubliceerd"'


def test_appending_and_removing_keep_the_rest(shop: Shop) -> None:
    before = shop.catalogue.read_text("utf-8")
    longer = append_entry(before, "document", {"id": "nieuw", "names": ["a", "b"], "date": date(2026, 1, 1)})
    assert longer.startswith(before)
    assert tomllib.loads(longer)["document"][-1] == {"id": "nieuw", "names": ["a", "b"], "date": date(2026, 1, 1)}
    assert tomllib.loads(remove_entry(longer, "document", 3)) == tomllib.loads(before)


def test_the_first_entry_of_an_empty_file() -> None:
    assert append_entry("", "version", {"a": 1}) == "[[version]]\na = 1\n"


_VALUES = st.dictionaries(st.sampled_from(["id", "title", "status", "date"]), st.text(max_size=20) | st.dates(), max_size=4)


@given(st.lists(_VALUES, min_size=1, max_size=4), _VALUES, st.data())
def test_the_result_holds_the_changed_entry_and_all_others(
    entries: list[dict[str, object]], change: dict[str, object], data: st.DataObject
) -> None:
    source = "# kop\n"
    for entry in entries:
        source = append_entry(source, "document", entry) + "# commentaar\n"
    index = data.draw(st.integers(0, len(entries) - 1))
    expected = [{**entry, **change} if place == index else entry for place, entry in enumerate(entries)]
    after = change_entry(source, "document", index, change)
    assert tomllib.loads(after)["document"] == expected
    assert after.count("# commentaar") == len(entries)
