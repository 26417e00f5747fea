"""The only place that imports experta.

experta 1.9.4 pins frozendict 1.2, whose class statement names `collections.Mapping`, which Python dropped in
3.10. The name is lent to it while it is imported and taken back at once. experta's package also swallows
ImportErrors and configures the root logger; the first is checked here, the second undone.
"""

from __future__ import annotations

import collections
import collections.abc
import logging
from typing import Any

_lent = not hasattr(collections, "Mapping")
if _lent:
    collections.Mapping = collections.abc.Mapping  # type: ignore[attr-defined]
_handlers = list(logging.getLogger().handlers)
try:
    import experta
    import frozendict  # noqa: F401
    from experta.abstract import Strategy
    from experta.matchers import ReteMatcher
    from experta.matchers.rete.check import FeatureCheck as ReteFeatureCheck
    from experta.matchers.rete.check import SameContextCheck
    from experta.matchers.rete.nodes import BusNode, ConflictSetNode, NotNode, OrdinaryMatchNode
    from experta.matchers.rete.token import Token
finally:
    if _lent:
        del collections.Mapping  # type: ignore[attr-defined]
    logging.getLogger().handlers[:] = _handlers
for _name in ("experta", "experta.watchers"):
    logging.getLogger(_name).disabled = True

if not hasattr(experta, "KnowledgeEngine"):  # pragma: no cover - a broken installation
    raise ImportError("experta was imported without its engine: one of its requirements is missing")

Fact: Any = experta.Fact
KnowledgeEngine: Any = experta.KnowledgeEngine
NOT: Any = experta.NOT
L: Any = experta.L
P: Any = experta.P
Rule: Any = experta.Rule
AgendaStrategy: Any = Strategy
Absence: Any = NotNode
Bus: Any = BusNode
ConflictSet: Any = ConflictSetNode
FeatureCheck: Any = ReteFeatureCheck
Join: Any = OrdinaryMatchNode
Rete: Any = ReteMatcher
ReteToken: Any = Token
SameContext: Any = SameContextCheck
