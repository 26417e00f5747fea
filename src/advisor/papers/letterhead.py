"""Templates of offices: DOCX files whose page, header, footer and styles a paper takes over."""

from __future__ import annotations

from pathlib import Path

from advisor.catalogue import say
from advisor.problem import UsageError
from advisor.system_error import reason_of
from advisor.text import Language


def refuse_unusable(template: Path, language: Language) -> None:
    """Raise `UsageError` where a template cannot be read, or is no DOCX file."""
    # Imported late: few papers have a template.
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    try:
        with template.open("rb") as file:
            docx.Document(file)
    except OSError as error:
        reason = reason_of(error)
        raise UsageError(say("cli.template_unreadable", language, file=template, reason=reason)) from error
    except (PackageNotFoundError, ValueError, KeyError, SyntaxError, AttributeError, NotImplementedError) as error:
        raise UsageError(say("cli.template_no_docx", language, file=template)) from error
    except Exception as error:
        # A broken archive fails in as many ways as zipfile and lxml have errors; lxml's share no other base.
        if type(error).__module__.partition(".")[0] not in ("zipfile", "zlib", "lxml", "docx"):
            raise
        raise UsageError(say("cli.template_no_docx", language, file=template)) from error
