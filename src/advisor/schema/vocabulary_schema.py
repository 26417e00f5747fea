"""The words of a knowledge base as definitions: articles, instruments, questions, facts and their values."""

from __future__ import annotations

from collections.abc import Iterable

from advisor.knowledge.exception import MARKABLE
from advisor.knowledge.fact import Fact
from advisor.knowledge.library import ARTICLES, CONCLUSIONS, FACTORS, STEPS, Library
from advisor.knowledge.question import Option, Question
from advisor.schema.node import Node, bilingual, choice, described, either, ref, saying
from advisor.text import Text

YES_NO = {"yes": "", "no": ""}


def vocabulary_defs(library: Library) -> dict[str, Node]:
    """Return the definitions of all names, and of what each question and fact can be.

    That is `value.NAME`, and `option.NAME` where a condition may also name a group of options.
    """
    return {
        "yes_no": described(choice(YES_NO), saying("schema.yes_no")),
        **_references(library),
        **_names(library),
        **{f"table.{name}": _table(library, name) for name in library.tables if name != ARTICLES},
        **{f"value.{question.id}": _answer(question) for question in library.questions.values()},
        **{f"value.{fact.id}": _value(library, fact) for fact in library.all_facts.values()},
        **_options(library),
    }


def label_of(library: Library, name: str) -> str:
    """Return the label of a question or fact."""
    question = library.questions.get(name)
    return bilingual(question.short if question else library.all_facts[name].label)


def _references(library: Library) -> dict[str, Node]:
    instruments = {name: bilingual(instrument.title) for name, instrument in library.instruments.items()}
    articles: dict[str, str] = {}
    for instrument in library.instruments.values():
        short = instrument.short
        for article in instrument.articles:
            articles[article.id] = f"{article.label.id} {short.id} / {article.label.en}, {short.en}"
    return {
        "article": choice(articles, "schema.unknown_article"),
        "instrument": choice(instruments, "schema.unknown_instrument"),
        "reference": either(ref("article"), ref("instrument")),
        "doubt": choice({name: bilingual(doubt.title) for name, doubt in library.doubts.items()}),
    }


def _names(library: Library) -> dict[str, Node]:
    facts = library.all_facts.values()
    terms = {term.id: bilingual(term.label) for file in library.term_files.values() for term in file.terms}
    tables = dict.fromkeys(library.tables, "") | {
        name: bilingual(file.title) for name, file in library.term_files.items()
    }
    return {
        "question": choice({name: label_of(library, name) for name in library.questions}),
        "fact": choice({fact.id: bilingual(fact.label) for fact in facts}),
        "fact_with_terms": choice(
            {fact.id: bilingual(fact.label) for fact in facts if fact.table in library.term_files}
        ),
        "conclusion": choice({name: bilingual(found.label) for name, found in library.conclusions.items()}),
        "era": ref(f"value.{library.roles.era}"),
        "finding": {"enum": list(MARKABLE)},
        "table": choice(tables),
        "term": choice(terms),
    }


def _table(library: Library, name: str) -> Node:
    """Return the terms of a table, be it one of kbase/terms or one that the program makes."""
    if name in library.term_files:
        return choice({term.id: bilingual(term.label) for term in library.term_files[name].terms})
    made: dict[str, dict[str, Text]] = {
        FACTORS: {factor.id: factor.label for factor in library.factors.values()},
        STEPS: {step.id: step.label for step in library.steps.values()},
        CONCLUSIONS: {conclusion.id: conclusion.label for conclusion in library.conclusions.values()},
    }
    return choice({value: bilingual(label) for value, label in made[name].items()})


def _answer(question: Question) -> Node:
    if question.type == "number":
        low, high = question.bounds
        return {"type": "integer", "minimum": low, "maximum": high}
    if question.type == "yes_no":
        return ref("yes_no")
    return choice(_labels(question.options))


def definition_of_values(library: Library, fact: Fact) -> str:
    """Return the name of the definition that lists what a fact can be; facts with the same values share one."""
    if fact.kind == "flag":
        return "yes_no"
    if fact.table == ARTICLES:
        return "article"
    return f"value.{fact.id}" if fact.values else f"table.{fact.table}"


def _value(library: Library, fact: Fact) -> Node:
    if not fact.values:
        return ref(definition_of_values(library, fact))
    return choice({value: bilingual(library.label(fact.id, value)) if fact.table else "" for value in fact.values})


def _options(library: Library) -> dict[str, Node]:
    """Return the options of each question that has groups, and its groups: what a condition may name."""
    groups: dict[str, dict[str, str]] = {}
    for group in library.groups:
        meaning = f"{bilingual(group.label)}: {', '.join(group.options)}"
        groups.setdefault(group.question, {})[group.id] = meaning
    return {
        f"option.{name}": choice(_labels(library.questions[name].options) | found) for name, found in groups.items()
    }


def _labels(options: Iterable[Option]) -> dict[str, str]:
    return {option.id: bilingual(option.label) for option in options}
