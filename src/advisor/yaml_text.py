"""Plain data as YAML that this program reads back: no anchors, yes and no as people write them."""

from __future__ import annotations

from typing import Any

import yaml

from advisor.escaping import HIDDEN, yaml_escaped

WIDTH = 110

LINE = 76
"""How long the lines of an answers file may be that is shown in the midst of a report."""


class _Writer(yaml.SafeDumper):
    """Writes shared parts out each time, because files with aliases are not accepted."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _word(writer: _Writer, word: str) -> yaml.ScalarNode:
    """Write yes and no, which answers are, without quotes; read back they mean the same."""
    kind = "bool" if word in ("yes", "no") else "str"
    quotes = '"' if HIDDEN.search(word) else None  # elsewhere nothing can be escaped
    return writer.represent_scalar(f"tag:yaml.org,2002:{kind}", word, quotes)


_Writer.add_representer(str, _word)


def yaml_text(data: Any, width: int = WIDTH) -> str:
    """Return data (mappings, lists, tuples, words, numbers, truth values, days) as YAML, keys in their order.

    Control characters are escaped, also those that YAML lets pass.
    """
    text = yaml.dump(
        data, Dumper=_Writer, sort_keys=False, allow_unicode=True, width=width, default_flow_style=None
    )
    return yaml_escaped(text)
