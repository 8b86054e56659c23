"""What a server's refusal says to a person: never a header, for headers hold secrets."""

from __future__ import annotations

import json
import re
from typing import Any


def refusal(doing: str, error: Any) -> tuple[str, str]:
    """What went wrong, and what to do, of an error of the client's."""
    status, body = error.status_code, error.body
    headers = {name.lower(): value for name, value in (error.headers or {}).items()}
    if status in (401, 403):
        hint = "is the token right, of this server, and not expired?"
        return f"the access token was refused ({status})", hint
    if status is not None and status < 400:
        return f"no answer of a Label Studio server while {doing}", "is the address right?"
    if status == 429:
        wait = str(headers.get("retry-after", ""))
        hint = f"wait {wait} s and run it again" if wait.isdecimal() else "run it again later"
        return f"too many requests while {doing} (429)", hint
    said = f": {_said(body)}" if _said(body) else ""
    hint = "nothing is lost; run the same command again" if (status or 0) >= 500 else ""
    return f"the server answered {status} while {doing}{said}", hint


def _said(body: Any) -> str:
    """What the server says in words, on one line; of a page only its title."""
    if isinstance(body, dict):
        parts = [body.get("detail"), body.get("validation_errors")]
        body = "; ".join(
            json.dumps(one) if isinstance(one, dict) else str(one) for one in parts if one
        )
    text = str(body or "")
    if "<" in text:
        title = re.search(r"<title>(.*?)</title>", text, re.DOTALL | re.IGNORECASE)
        text = title[1] if title else ""
    text = " ".join(text.split())
    return text if len(text) <= 300 else text[:300] + "..."
