"""The words of a knowledge base as definitions: articles, instruments, questions, facts and their values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from advisor.knowledge.exception import MARKABLE
from advisor.knowledge.fact import Fact
from advisor.knowledge.library import ARTICLES, STEPS, Entry, Library
from advisor.knowledge.question import Option, Question
from advisor.schema.node import Node, bilingual, choice, described, either, list_of, mapping, ref, saying

YES_NO = {"yes": "", "no": ""}


def vocabulary_defs(library: Library) -> dict[str, Node]:
    """Return the definitions of all names, and of what each question and fact can be.

    That is `value.NAME`, and `option.NAME` where a condition may also name a group of options. `answers` is what
    questions can be answered with, `then` what a rule can conclude, with `copy` for the values of another fact.
    """
    facts = library.all_facts
    return {
        "yes_no": described(choice(YES_NO), saying("schema.yes_no")),
        **_references(library),
        **_names(library),
        **{f"table.{name}": _table(entries) for name, entries in library.entries.items() if name != ARTICLES},
        **{f"value.{question.id}": _value_of_question(question) for question in library.questions.values()},
        **{f"value.{fact.id}": _value_of_fact(library, fact) for fact in facts.values()},
        **_options(library),
        "answers": mapping({q.id: _answer(library, q) for q in library.questions.values()}, least=0),
        "then": mapping({name: described(_head(fact), bilingual(fact.label)) for name, fact in facts.items()}),
        "copy": described(mapping({"from": ref("fact")}, required=("from",)), saying("schema.copy")),
    }


def texts_on(library: Library, name: str) -> tuple[str, ...]:
    """Return what is told of a question or fact: its label, and the words of the question in both languages."""
    question = library.questions.get(name)
    if question is None:
        return (bilingual(library.all_facts[name].label),)
    return bilingual(question.short), question.text.id, question.text.en


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
        "question": choice({name: bilingual(question.short) for name, question in library.questions.items()}),
        "fact": choice({fact.id: bilingual(fact.label) for fact in facts}),
        "fact_with_terms": choice(
            {fact.id: bilingual(fact.label) for fact in facts if fact.table in library.term_files}
        ),
        "conclusion": choice({name: bilingual(found.label) for name, found in library.conclusions.items()}),
        "era": ref(f"value.{library.roles.era}"),
        "finding": {"enum": list(MARKABLE)},
        "step": ref(f"table.{STEPS}"),
        "table": choice(tables),
        "term": choice(terms),
    }


def _table(entries: Mapping[str, Entry]) -> Node:
    return choice({name: bilingual(entry.label) for name, entry in entries.items()})


def _value_of_question(question: Question) -> Node:
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


def _value_of_fact(library: Library, fact: Fact) -> Node:
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


def _answer(library: Library, question: Question) -> Node:
    value = ref(f"value.{question.id}")
    several = {"type": "array", "items": value, "uniqueItems": True}
    return described(several if question.type == "choices" else value, *texts_on(library, question.id))


def _head(fact: Fact) -> Node:
    """Return what a rule can conclude of a fact."""
    if fact.kind == "flag":
        # A flag holds or is not concluded: no rule can say that it does not hold.
        return {"enum": ["yes", True]}
    value = ref(f"value.{fact.id}")
    return either(value, list_of(value, most=None if fact.kind == "many" else 1), ref("copy"))
