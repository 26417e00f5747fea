"""Drafts: what the papers that an advice calls for contain, clause by clause, and what fills their places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_args

from advisor.knowledge.shape import FILLED, Citation, Cites, Constraint, Defined, Id, Shape, Told
from advisor.text import MOST_CHARACTERS, Text

Words = Annotated[str, Constraint(min_length=1, max_length=MOST_CHARACTERS, strip_whitespace=True)]
"""A text of a draft. Drafts are Indonesian official papers, so there is one language."""

When = Annotated[Any, Defined("condition"), Told("schema.draft.when")]
DocumentId = Annotated[Id, Defined("term")]

Side = Literal["region", "third_party", "ministry", "foreign"]
"""What a party is: one of the regions, or what else cooperates with them."""

Kind = Literal["agreement", "decree", "letter", "paper"]
"""How a draft is set: which head and which end it has."""

Layout = Literal[
    "articles", "dictums", "chapters", "points", "letters", "paragraphs", "parties", "law", "decides", "copies"
]
"""How the clauses of a part are set: as Pasal, as KESATU and KEDUA, as chapters, points or letters, as they are.

`parties` are the parties themselves, `law` the statutes and regulations, `copies` who gets a copy; `decides` leads
from the grounds of a decree to what it lays down.
"""

Given = Literal[
    "title",
    "day",
    "day_in_words",
    "own_name",
    "own_head",
    "own_signatory",
    "own_government",
    "own_council",
    "partners",
    "parties",
    "party",
    "all_parties",
    "name",
    "head",
    "signatory",
    "government",
]
"""What the program itself knows of a case: its title, its day and its parties.

`own_…` is of the first region, `partners` are the others; `name`, `head`, `signatory`, `government` and `party`
(PIHAK KESATU) are of the one party for which a provision is repeated.
"""

GIVEN: tuple[Given, ...] = get_args(Given)


@dataclass(frozen=True, kw_only=True)
class Blank(Shape):
    """A place in the texts of drafts, and what fills it: an answer, a conclusion, or what the case itself says.

    `words` says how the values are called in a draft; those that are `unsaid` fill nothing. Where nothing fills it
    `[……]` stands there, with `missing` as a comment: what belongs there and who may know it.
    """

    id: Id
    label: Text
    answer: Annotated[Id | None, Defined("question")] = None
    conclusion: Annotated[Id | None, Defined("conclusion")] = None
    given: Given | None = None
    words: Annotated[Mapping[str, Words] | None, Told("schema.blank.words")] = None
    unsaid: tuple[str, ...] = ()
    missing: Annotated[Text, Told("schema.blank.missing")]


@dataclass(frozen=True, kw_only=True)
class PartyKind(Shape):
    """One kind of party: which options mean it, by which words an answers file names it, and who heads it.

    `called` stands before a name that does not say it ("Kabupaten"), `government` before the name of what is bound
    ("Pemerintah").
    """

    id: Id
    side: Side
    own: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    words: tuple[Words, ...] = ()
    called: Words | None = None
    office: Words | None = None
    government: Words | None = None
    council: Words | None = None


@dataclass(frozen=True, kw_only=True)
class PartyQuestions(Shape):
    """The questions that say who cooperates: the kind of the first region, the others, how many regions."""

    own: Annotated[Id, Defined("question")]
    others: Annotated[Id, Defined("question")]
    count: Annotated[Id, Defined("question")]


@dataclass(frozen=True, kw_only=True)
class BlankFile(Shape):
    """The content of kbase/blanks.yaml."""

    questions: PartyQuestions
    kinds: Annotated[tuple[PartyKind, ...], FILLED]
    blanks: Annotated[tuple[Blank, ...], FILLED]


@dataclass(frozen=True, kw_only=True)
class Ground(Shape):
    """Articles that, while all of them are in force, ask for a clause in the draft of some documents.

    `items` are the numbers of the contents that the documents list (kbase/terms/documents.yaml).
    """

    of: Annotated[tuple[DocumentId, ...], FILLED]
    items: tuple[int, ...] = ()
    cites: Cites


@dataclass(frozen=True, kw_only=True)
class Provision(Shape):
    """One paragraph of a clause, and its items under letters.

    It stands where `when` holds and while all of `cites` are in force. `each` repeats it for every party, or for
    every region.
    """

    text: Words
    items: tuple[Words, ...] = ()
    when: When = None
    cites: tuple[Citation, ...] = ()
    each: Literal["party", "region"] | None = None


@dataclass(frozen=True, kw_only=True)
class Clause(Shape):
    """One clause: it stands on the days on which a ground asks for it; always where it is `usual`.

    `only` are the documents in whose drafts it stands (default: all of the file). `see` is further reading.
    """

    id: Id
    heading: Words | None = None
    only: tuple[DocumentId, ...] = ()
    asked: tuple[Ground, ...] = ()
    usual: Annotated[bool, Told("schema.clause.usual")] = False
    see: tuple[Citation, ...] = ()
    when: When = None
    provisions: tuple[Provision, ...] = ()

    def stands_in(self, document: str) -> bool:
        """Whether it can stand in the draft of a document."""
        return not self.only or document in self.only


@dataclass(frozen=True, kw_only=True)
class Part(Shape):
    """A part of a draft: clauses that are set in the same way, behind a sentence that leads to them.

    `label` is the word at their left in a decree ("Menimbang").
    """

    layout: Layout
    label: Words | None = None
    lead: Words | None = None
    only: tuple[DocumentId, ...] = ()
    clauses: tuple[Clause, ...] = ()

    def stands_in(self, document: str) -> bool:
        """Whether it can stand in the draft of a document."""
        return not self.only or document in self.only


@dataclass(frozen=True, kw_only=True)
class Drafted(Shape):
    """A document of which there is a draft: its name, the name of its file, and which sides sign it.

    `title` and `subject` stand in its head; a letter has an addressee, and says what it encloses. With `when` it is
    drafted so in some cases only.
    """

    of: DocumentId
    name: Text
    file: Annotated[str, Constraint(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
    title: Words
    subject: Words
    sides: Annotated[tuple[Side, ...], FILLED]
    when: When = None
    addressee: Words | None = None
    enclosures: Words | None = None


@dataclass(frozen=True, kw_only=True)
class DraftFile(Shape):
    """The content of one file of kbase/drafts/: the drafts of documents that have most clauses in common."""

    draft: Id
    order: int
    kind: Kind
    documents: Annotated[tuple[Drafted, ...], FILLED]
    parts: Annotated[tuple[Part, ...], FILLED]

    def clauses_of(self, document: str) -> tuple[Clause, ...]:
        """Return the clauses that can stand in the draft of a document, in order."""
        parts = (part for part in self.parts if part.stands_in(document))
        return tuple(clause for part in parts for clause in part.clauses if clause.stands_in(document))
