"""Articles that nothing uses, and statements that name no article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from advisor.knowledge.document import Document
from advisor.knowledge.words import TRUTHS
from advisor.verify.check.files import EXCEPTIONS, Files, nodes
from advisor.verify.check.finding import Finding

CITATION = re.compile(r"[a-z0-9-]+:[A-Za-z0-9_-]+")

# What should name its source though its file does not ask for one: the list, the key under which it cites, and
# the message.
CITING = (
    ("contradictions", "cites", "check.uncited.contradiction"),
    ("terms", "cites", "check.uncited.word"),
    ("doubts", "about", "check.uncited.doubt"),
    ("steps", "cites", "check.uncited.step"),
)


def unused_articles(files: Files) -> Iterator[Finding]:
    """Yield articles that nothing in kbase/ or rules/ refers to: no rule, question, case, doubt or other article.

    Context articles need nobody who refers to them; one that is used all the same is none, and is told of too.
    An article is used as a whole: a paragraph stands for whoever reads on beside another one that is cited, and so
    does the whole beside its paragraphs.
    """
    reading = [document for document in (*files.kbase, *files.rules) if document.path.name != EXCEPTIONS]
    words = {word for document in reading for word in _words(document)}
    used = {_whole(word) for word in words if CITATION.fullmatch(word)}
    for document in files.kbase:
        for index, article in enumerate(_things(document, "articles")):
            name = article["id"]
            context = TRUTHS.get(article.get("context")) == "yes"
            if context == (_whole(name) in used):
                place = document.place(("articles", index, "id"))
                key = "check.used_context" if context else "check.unused_article"
                yield Finding("unused_article", name, place, key, {"name": name})


def _whole(citation: str) -> str:
    """Return the citation of the article to which a paragraph belongs: `pp28-2018:4` for `pp28-2018:4-2`."""
    instrument, _, article = citation.partition(":")
    return f"{instrument}:{article.partition('-')[0]}"


def _words(document: Document) -> Iterator[str]:
    """Yield every word or sentence of a document but the ids of articles where they are introduced."""
    for key, value in nodes(document.data):
        introduced = len(key) == 3 and key[0] == "articles" and key[2] == "id"
        if isinstance(value, str) and not introduced:
            yield value


def uncited(files: Files) -> Iterator[Finding]:
    """Yield what names no article: contradictions, words of the glossary, doubts, and what a factor advises.

    A rule without an article cannot be loaded. Steps and documents state law themselves (deadlines, what must be in
    them), so they name their articles; other terms of tables need none, since the rules that conclude them do. What
    is marked as our judgement need name none.
    """
    for document in (*files.kbase, *files.rules):
        for part, cites, message in CITING:
            if part == "terms" and "table" in document.data:
                continue
            for index, item in enumerate(_things(document, part)):
                if not item.get(cites) and item.get("authority") != "judgement":
                    place = document.place((part, index, "id"))
                    yield Finding("uncited", item["id"], place, message, {"name": item["id"]})
        for index, item in enumerate(_things(document, "terms")):
            if item.get("contents") and not item.get("cites"):
                place = document.place(("terms", index, "id"))
                subject = f"{document.data['table']}.{item['id']}"
                yield Finding("uncited", subject, place, "check.uncited.term", {"name": item["id"]})
        for index, item in enumerate(_things(document, "factors")):
            if "remedy" in item and not item.get("remedy_cites") and not item.get("judgement"):
                place = document.place(("factors", index, "id"))
                yield Finding("uncited", item["id"], place, "check.uncited.remedy", {"name": item["id"]})


def _things(document: Document, part: str) -> list[dict[str, Any]]:
    """Return the things in a list of a document; [] where it has none of that name."""
    items = document.data.get(part, ())
    return [item for item in items if isinstance(item, dict)]
