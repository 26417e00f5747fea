"""Addressees: the condition on a case under which an article speaks of it at all."""

from __future__ import annotations

from collections.abc import Iterable

from advisor.inference.condition import Condition, tests_of
from advisor.inference.condition_reader import ConditionReader
from advisor.inference.vocabulary import Vocabulary
from advisor.knowledge.document import Document
from advisor.knowledge.library import Library
from advisor.problem import Problem


def read_addressees(
    library: Library, documents: Iterable[Document], problems: list[Problem]
) -> dict[str, Condition]:
    """Return the `applies_to` of articles by citation; what is wrong with them is noted in `problems`.

    `documents` are files of kbase/instruments that have been read into `library`. Only answers may be asked about:
    whom an article addresses does not depend on what rules conclude.
    """
    vocabulary, found = Vocabulary(library), dict[str, Condition]()
    for document in documents:
        reader = ConditionReader(vocabulary, document, problems)
        for index, article in enumerate(document.data.get("articles", ())):
            if article.get("applies_to") is None:
                continue
            key = ("articles", index, "applies_to")
            condition = found[article["id"]] = reader.read(article["applies_to"], key)
            for name in dict.fromkeys(test.name for test in tests_of(condition)):
                if name not in library.questions or vocabulary.is_number(name):
                    problems.append(document.problem(key, "addressee.not_answers", name=name))
    return found
