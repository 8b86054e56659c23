"""XML without document types, in which entities can be made to grow without end."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from toolkit.errors import DataError, Problem


def parse(data: bytes, file: str) -> Element:
    """The document's element; a `DataError` names the line of what is no XML."""
    builder = TreeBuilder()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.data

    def refuse(*_: Any) -> None:
        what = "has a document type, and may hold entities that grow without end"
        raise DataError(Problem(f"{file}:{parser.CurrentLineNumber}", what, "remove it"))

    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise DataError(Problem(f"{file}:{error.lineno}", f"not XML: {error}")) from None
    except (LookupError, ValueError) as error:  # an encoding that Python or expat does not know
        raise DataError(Problem(f"{file}:1", f"not XML: {error}")) from None
    return builder.close()
