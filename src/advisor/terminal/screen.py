"""Screens: what fills the terminal, one at a time; and the host, which is all that they know of who shows them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Protocol, TypeVar

from advisor.terminal.field import Field
from advisor.terminal.lines import Lines
from advisor.terminal.option_list import OptionList

Result = TypeVar("Result")


class Host(Protocol):
    """What a screen can ask for."""

    message: str
    """A sentence above the keys; the next key takes it away."""

    def say(self, key: str, **values: object) -> str:
        """Return a sentence of the catalogue."""

    def open(self, screen: Screen) -> None:
        """Show a screen over this one."""

    def close(self) -> None:
        """Close the screen on top."""

    def leave(self) -> None:
        """End the program."""

    def in_background(self, work: Callable[[], Result], done: Callable[[Result], None]) -> None:
        """Do `work` in another thread, then hand its result to `done`; keys are taken in the meantime."""


class Screen(ABC):
    """Something that fills the terminal and takes keys."""

    keys: str
    """The catalogue key of the line at the foot, which names the keys."""

    field: Field | None = None
    """What can be edited; it stands under what is drawn."""

    def __init__(self, host: Host) -> None:
        self.host = host

    @abstractmethod
    def draw(self, lines: Lines) -> None:
        """Draw the screen."""

    @abstractmethod
    def key(self, name: str, text: str) -> bool:
        """Take a key: its name ("char" for a character), and the text of a character or of what was pasted.

        Returns whether the key does something here.
        """


class ListedScreen(Screen):
    """A screen with a list to choose from."""

    list: OptionList

    no_such_number = "interview.no_such_action"
    """The catalogue key of what is said of a number that no item has."""

    def listed(self, name: str, text: str) -> bool:
        """Hand a key to the list, and say where a number is none of its; return whether the key does something."""
        used = self.list.key(name, text)
        if self.list.wrong_number:
            self._say_which_numbers()
        return used

    def refuse(self) -> None:
        """Say what is expected; what was typed goes where something else is typed."""
        self.list.stale = True
        if self.list.wrong_number:
            self._say_which_numbers()
        else:
            self.host.message = self.host.say("interview.choose_action")

    def _say_which_numbers(self) -> None:
        most = sum(not item.key for item in self.list.every)
        self.host.message = self.host.say(self.no_such_number, given=self.list.wrong_number, most=most)


class BaseScreen(Screen):
    """A screen at the bottom: it also says what stands in the line at the top and in the panel at the side."""

    wide: int
    """The columns that a terminal needs for the panel to show."""

    panel_width: int

    margin = 0
    """The columns that are left empty to the left of the page."""

    @property
    @abstractmethod
    def head(self) -> str:
        """The line at the top."""

    def has_panel(self, *, covered: bool) -> bool:
        """Return whether the panel shows where there is room; `covered`: another screen is open over this one."""
        return True

    @abstractmethod
    def draw_panel(self, lines: Lines) -> None:
        """Draw the panel at the side."""
