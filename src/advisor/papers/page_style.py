"""How a page of HTML looks: on a screen of any width, by day and by night, and on paper."""

from __future__ import annotations

from typing import Final

STYLE: Final = """
:root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --line: #8c959f; --quiet: #4b535d;
  --strong: #0b5394; --warning: #7a4b00; --good: #116329; --bad: #a40e26; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --paper: #14181d; --line: #6e7681;
  --quiet: #b1bac4; --strong: #79b8ff; --warning: #e3b341; --good: #56d364; --bad: #ff7b72; } }
html { background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
body { margin: 0; }
main { margin: 0 auto; max-width: 48rem; padding: 1.5rem 1rem 4rem; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.25; border-bottom: 3px solid var(--strong); padding-bottom: 0.3rem; }
h1.annex { margin-top: 4rem; }
h2 { font-size: 1.2rem; margin: 1.8rem 0 0.5rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 1rem 0 0.3rem; }
p { margin: 0.4rem 0; }
.in { margin-left: 1.5rem; }
.value { color: var(--strong); }
.note, .warning { color: var(--warning); }
.quiet, .source { color: var(--quiet); }
.strong { font-weight: 600; } .good { color: var(--good); font-weight: 600; }
.bad { color: var(--bad); font-weight: 600; }
ul { list-style: disc; margin: 0.3rem 0; padding-left: 1.4rem; }
li { margin: 0.2rem 0; } li.marked { list-style: none; }
li.marked > .mark { display: inline-block; margin-left: -1.4rem; min-width: 1.1rem; }
table { border-collapse: collapse; margin: 0.6rem 0; width: 100%; }
th, td { border: 1px solid var(--line); padding: 0.25rem 0.5rem; text-align: left; vertical-align: top; }
.pairs th { width: 34%; }
.wide { overflow-x: auto; } .wide th, .wide td { overflow-wrap: break-word; }
pre { white-space: pre-wrap; font-size: 0.85rem; }
.centre { text-align: center; } .right { text-align: right; }
.notice { border: 1px solid var(--warning); color: var(--warning); padding: 0.3rem 0.6rem; }
p.source { font-size: 0.85rem; font-style: italic; }
p.marked { padding-left: 2rem; text-indent: -2rem; }
p.marked > .mark { display: inline-block; min-width: 2rem; text-indent: 0; }
.grid td { border: 0; }
figure { margin: 1rem 0; } figcaption { color: var(--quiet); }
svg { display: block; height: auto; max-width: 100%; }
@media screen { .wide > svg { min-width: 34rem; } }
@page { size: A4; margin: 20mm 18mm; }
@media print { :root { --ink: #000; --paper: #fff; --line: #777; --quiet: #333; --strong: #0b3d70;
  --warning: #5c3900; --good: #0b4a1e; --bad: #7d0b1d; color-scheme: light; }
  html { font-size: 10.5pt; } main { max-width: none; padding: 0; }
  h1, h2, h3 { break-after: avoid; } tr, svg { break-inside: avoid; } p, li { orphans: 2; widows: 2; }
  figcaption { break-before: avoid; } .wide { overflow: visible; } .wide th, .wide td { overflow-wrap: anywhere; }
  h1.annex { break-before: page; margin-top: 0; } }
"""
"""The sheet of a page; its colours keep 4.5:1 on their ground."""
