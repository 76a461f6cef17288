"""Concepts of a glossary in a question, and the other words for them."""

from __future__ import annotations

from itertools import pairwise

from assistant.corpus.glossary import load_glossary
from assistant.home import PROJECT
from assistant.language.tokens import words
from assistant.retrieval.concepts import ConceptFinder, forms_of
from assistant.retrieval.question import Origin

CONCEPTS = load_glossary(PROJECT / "corpus")


def test_every_name_of_every_concept_is_found_as_a_whole() -> None:
    finder = ConceptFinder(CONCEPTS)
    for concept in CONCEPTS:
        for name in (concept.term, *concept.variants, *concept.abbreviations, *concept.lay):
            found = finder.find(words(name), english=False)
            assert any(concept in hit.concepts and (hit.start, hit.end) == (0, len(words(name))) for hit in found), name


def test_finds_do_not_overlap_and_stand_in_order() -> None:
    finder = ConceptFinder(CONCEPTS)
    for concept in CONCEPTS:
        question = words(f"{concept.term} en {' '.join(concept.lay)} {' '.join(concept.abbreviations)}")
        found = finder.find(question, english=False)
        assert all(one.end <= other.start for one, other in pairwise(found))
        assert all(0 <= hit.start < hit.end <= len(question) for hit in found)


def test_english_names_count_in_english_questions_only() -> None:
    concept = next(concept for concept in CONCEPTS if concept.english)
    finder = ConceptFinder([concept])
    name = words(concept.english[0])
    assert finder.find(name, english=True)
    dutch = {tuple(words(other)) for other in (concept.term, *concept.variants, *concept.abbreviations, *concept.lay)}
    assert bool(finder.find(name, english=False)) == (tuple(name) in dutch)


def test_the_fields_own_words_stand_better_for_each_other_than_what_people_say() -> None:
    concept = next(concept for concept in CONCEPTS if concept.lay and (concept.variants or concept.abbreviations))
    forms = forms_of(concept, Origin.VARIANT)
    own = [form.strength for form in forms if form.origin is Origin.VARIANT]
    lay = [form.strength for form in forms if form.origin is Origin.LAY]
    assert min(own) > max(lay)
    assert all(form.words for form in forms)
