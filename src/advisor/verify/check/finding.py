"""A finding of `advisor check`: what is wrong, where, and an example of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from advisor.catalogue import say
from advisor.knowledge.exception import Kind
from advisor.problem import Place
from advisor.text import Language, Text
from advisor.verify.proof.example import Example

Told = dict[str, str | Text]
"""What the message of a finding needs, by the names of its places to fill in."""


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that takes part in a finding: the rule that speaks at the same time, say."""

    name: str
    place: Place

    @property
    def data(self) -> dict[str, object]:
        """The place as `plain` takes it."""
        return {"name": self.name, **asdict(self.place)}


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding about `subject`, the id of a rule, question, fact, article or the like.

    `key` is the message of the catalogue and `values` what it needs, in both languages where that differs.
    """

    kind: Kind
    subject: str
    place: Place
    key: str
    values: Mapping[str, str | Text]
    example: Example | None = None
    others: tuple[Related, ...] = ()

    def sentence(self, language: Language) -> str:
        """Return what is wrong, without the place."""
        said = {n: v.in_language(language) if isinstance(v, Text) else v for n, v in self.values.items()}
        return say(self.key, language, **said)

    def in_language(self, language: Language) -> str:
        """Return `file:line:column: sentence`."""
        return f"{self.place}: {self.sentence(language)}"

    @property
    def data(self) -> dict[str, object]:
        """The finding as `plain` takes it."""
        return {
            "kind": self.kind,
            "subject": self.subject,
            **asdict(self.place),
            "message": Text(id=self.sentence("id"), en=self.sentence("en")),
            "others": [other.data for other in self.others],
            "example": self.example.data if self.example is not None else None,
        }

    @property
    def order(self) -> tuple[Place, str, str]:
        """The sort key: place, kind, subject."""
        return self.place, self.kind, self.subject
