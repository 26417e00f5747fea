"""Changes: what a rule, an article, a question, a contradiction or a term was in a receipt, and is now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from advisor.inference.domain import Answer
from advisor.receipt.mark import ArticleMark, Fires

RuleAspect = Literal["gone", "new", "meaning", "order", "citations", "authority", "wording"]
ArticleAspect = Literal["gone", "status", "in_force", "revoked", "text"]
QuestionAspect = Literal["gone", "new", "type", "bounds", "options", "wording"]
ContradictionAspect = Literal["gone", "new", "meaning", "wording"]


@dataclass(frozen=True, slots=True)
class RuleChange:
    """What became of one rule: what of it was changed, and when it fired for these answers and fires now.

    `missing` are facts on which it stood and that no longer hold (or on which it no longer stands), `gained` those
    on which it stands now and did not; `hindering` facts that hold now and whose absence it needs, `freed` those
    that no longer do. Of a policy in which the first fitting rule speaks, `after` names the rules that now speak
    before it, `not_after` those that did and do no more, and `overtaken_by` those that were put before it.
    """

    rule: str
    part_of: str
    aspects: tuple[RuleAspect, ...]
    before: Fires
    now: Fires
    silent: bool = False
    missing: tuple[str, ...] = ()
    gained: tuple[str, ...] = ()
    hindering: tuple[str, ...] = ()
    freed: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    overtaken_by: tuple[str, ...] = ()
    cites_before: tuple[str, ...] = ()
    cites_now: tuple[str, ...] = ()

    @property
    def effective(self) -> bool:
        """Whether the rule itself was changed in what it says, and that is more than words."""
        return bool({"gone", "new", "meaning", "order"} & set(self.aspects))

    @property
    def moved(self) -> bool:
        """Whether it fires otherwise than before, or was changed while it fires."""
        fired = self.before != "never" or self.now != "never"
        return self.before != self.now or (fired and self.effective)


@dataclass(frozen=True, slots=True)
class ArticleChange:
    """What became of one article or instrument; `now` is None where it is no more."""

    reference: str
    aspects: tuple[ArticleAspect, ...]
    before: ArticleMark
    now: ArticleMark | None


@dataclass(frozen=True, slots=True)
class QuestionChange:
    """What became of one question; `dropped` is the answer, or the part of it, that is no longer known."""

    question: str
    aspects: tuple[QuestionAspect, ...]
    options_gone: tuple[str, ...] = ()
    options_new: tuple[str, ...] = ()
    dropped: Answer | None = None


@dataclass(frozen=True, slots=True)
class ContradictionChange:
    """What became of a rule about answers that cannot stand together."""

    id: str
    aspects: tuple[ContradictionAspect, ...]


@dataclass(frozen=True, slots=True)
class TermChange:
    """A term, step or factor whose texts were changed."""

    table: str
    id: str


Cause = RuleChange | ArticleChange | QuestionChange | ContradictionChange | TermChange
