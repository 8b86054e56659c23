"""What a server says, in words, without a secret in it."""

from types import SimpleNamespace

import pytest

from toolkit.labelstudio.refusals import refusal


def told(status, body, **headers):
    return refusal("reading", SimpleNamespace(status_code=status, body=body, headers=headers))


@pytest.mark.parametrize(
    ("status", "body", "what", "hint"),
    [
        (401, "x", "the access token was refused (401)", "is the token right"),
        (403, {"detail": "x"}, "the access token was refused (403)", "is the token right"),
        (404, {"detail": "Not found."}, "the server answered 404 while reading: Not found.", ""),
        (500, None, "the server answered 500 while reading", "run the same command again"),
        (
            502,
            "<html><TITLE>Bad\n Gateway</TITLE> secret</html>",
            "the server answered 502 while reading: Bad Gateway",
            "run the same command again",
        ),
        (
            400,
            {"detail": "Invalid", "validation_errors": {"a": ["b"]}},
            'the server answered 400 while reading: Invalid; {"a": ["b"]}',
            "",
        ),
        (200, "x", "no answer of a Label Studio server while reading", "is the address right?"),
    ],
)
def test_a_refusal_is_said_without_its_headers(status, body, what, hint):
    said = told(status, body, **{"Set-Cookie": "secret"})
    assert said[0] == what
    assert hint in said[1]
    assert "secret" not in " ".join(said)


@pytest.mark.parametrize(
    ("wait", "hint"),
    [
        ("7", "wait 7 s and run it again"),
        ("<b>", "run it again later"),
        (None, "run it again later"),
    ],
)
def test_whoever_asks_too_much_is_told_how_long_to_wait(wait, hint):
    headers = {} if wait is None else {"Retry-After": wait}
    assert told(429, "x", **headers) == ("too many requests while reading (429)", hint)
