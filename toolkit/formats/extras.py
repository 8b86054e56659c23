"""Libraries that only some formats need, imported when they are first used."""

from __future__ import annotations

import importlib
from typing import Any

from toolkit.errors import DataError, Problem


def need(module: str, extra: str) -> Any:
    """The module; a `DataError` says which extra of the toolkit brings it."""
    try:
        return importlib.import_module(module)
    except ImportError:
        what = f"needs {module.partition('.')[0]}, which is not installed"
        hint = f"pip install 'extraction-toolkit[{extra}]'"
        raise DataError(Problem("this format", what, hint)) from None
