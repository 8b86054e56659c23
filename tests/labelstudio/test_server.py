"""How a server is found, and how its lists are read."""

import pytest

from toolkit import DataError
from toolkit.labelstudio.server import PAGE, _items, connect


@pytest.mark.parametrize("content", ["", " \n", "zwei Wörter", "a\nb"])
def test_what_is_no_token_is_refused_and_not_repeated(content, tmp_path, monkeypatch):
    file = tmp_path / "token"
    file.write_text(content)
    with pytest.raises(DataError, match="holds no access token") as refused:
        connect("http://127.0.0.1:1", file)
    assert "Wörter" not in str(refused.value)
    monkeypatch.setenv("LABEL_STUDIO_API_KEY", content)
    with pytest.raises(DataError, match="LABEL_STUDIO_API_KEY: holds no access token"):
        connect("http://127.0.0.1:1")


class Pages(list):
    """What the client makes of a list: each page is asked for as its first item is wanted."""

    def __init__(self, *sizes):
        super().__init__([{} for _ in range(size)] for size in sizes)
        self.items, self.asked = self[0], 0

    def __iter__(self):
        for page in super().__iter__():
            self.asked += 1
            yield from page


@pytest.mark.parametrize(
    ("sizes", "asked"), [((2, 0), 1), ((PAGE - 1, 0), 1), ((PAGE, 3), 2), ((PAGE, 0), 2)]
)
def test_behind_a_page_that_is_not_full_none_is_asked_for(sizes, asked):
    pages = Pages(*sizes)
    assert len(list(_items(pages))) == sum(sizes)
    assert pages.asked == asked
