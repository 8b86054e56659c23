"""Data that would act on a page: nothing runs, with the page's policy and without it."""

import re

import pytest

import toolkit
from live.conftest import follow
from live.pages import report
from toolkit import Document, Mention

pytestmark = pytest.mark.live

CALL = "window.ran=1"

PAYLOADS = [
    f"<script>{CALL}</script>",
    f"</script><script>{CALL}</script>",
    f"</ScRiPt ><script>{CALL}</script>",
    f"<!--<script>{CALL}</script>-->",
    f"--><script>{CALL}</script>",
    f"]]><script>{CALL}</script>",
    f"</style><script>{CALL}</script>",
    f"</title><script>{CALL}</script>",
    f"</textarea><script>{CALL}</script>",
    f"</noscript><script>{CALL}</script>",
    f"</template><script>{CALL}</script>",
    f"<svg><script>{CALL}</script></svg>",
    f"<svg><style><img src=x onerror={CALL}></style></svg>",
    f"<math><mtext><table><mglyph><style><img src=x onerror={CALL}>",
    f"<a href='javascript:{CALL}'>x</a>",
    f"javascript:{CALL}",
    f"data:text/html,<script>{CALL}</script>",
    "<iframe srcdoc='<script>parent.ran=1</script>'></iframe>",
    "<iframe src='javascript:parent.ran=1'></iframe>",
    f"<object data='javascript:{CALL}'></object>",
    f"<embed src='javascript:{CALL}'>",
    f"<form action='javascript:{CALL}'><button>x</button></form>",
    f"<base href='javascript:{CALL}//'>",
    f"<meta http-equiv=refresh content='0;url=javascript:{CALL}'>",
    "<link rel=stylesheet href='https://example.org/x.css'>",
    "<img src='https://example.org/x.png'>",
    "<style>*{display:none}</style>",
    "<style>@import 'https://example.org/x.css';</style>",
    f"\"><img src=x onerror={CALL}>",
    f"'><img src=x onerror={CALL}>",
    f"`><img src=x onerror={CALL}>",
    f"\" autofocus onfocus={CALL} x=\"",
    f"' autofocus onfocus={CALL} x='",
    f"\" onmouseover=\"{CALL}",
    "{{7*7}}",
    "{% for x in () %}",
    "{{ self.__init__.__globals__ }}",
    "{# comment #}",
    "${window.ran=1}",
    "`${window.ran=1}`",
    "#{7*7}",
    "<%= 7*7 %>",
    "\"];window.ran=1;//",
    "'];window.ran=1;//",
    "\\\"];window.ran=1;//",
    "\\u003cscript\\u003ewindow.ran=1\\u003c/script\\u003e",
    "&lt;script&gt;window.ran=1&lt;/script&gt;",
    "&#60;script&#62;window.ran=1&#60;/script&#62;",
    "%3Cscript%3Ewindow.ran=1%3C/script%3E",
    "__proto__",
    "constructor",
    "hasOwnProperty",
    "toString",
    "-1",
    "=1+1",
    "@SUM(1)",
    "&doc=x&mention=y",
    "#list=&system=9",
    "\u202eevil\u202c",
    "\u2066evil",
    "\u2067evil\u2069\u2069",
    "a\x00b",
    "a\x08b\x1b[31m",
    "a\u2028b\u2029c",
    "\ufeffx\ufffe",
    "\u200e\u200f\u061c",
    "e" + "\u0301" * 200,
    "x" * 3000,
    "👩‍👩‍👧‍👦🏳️‍🌈",
    "\\",
    "\"",
    "'",
    "<",
    ">",
    "&",
    "",
] + [
    f"<{tag} {event}={CALL}>"
    for tag, event in (
        ("img src=x", "onerror"),
        ("img/src=x", "onerror"),
        ("svg", "onload"),
        ("body", "onload"),
        ("video src=x", "onerror"),
        ("audio src=x", "onerror"),
        ("video><source", "onerror"),
        ("details open", "ontoggle"),
        ("input autofocus", "onfocus"),
        ("select autofocus", "onfocus"),
        ("textarea autofocus", "onfocus"),
        ("button autofocus", "onfocus"),
        ("marquee", "onstart"),
        ("object data=x", "onerror"),
        ("iframe", "onload"),
        ("style", "onload"),
        ("link rel=stylesheet href=x", "onerror"),
        ("script src=x", "onerror"),
        ("svg><animate", "onbegin"),
        ("svg><set", "onbegin"),
        ("div style=animation-name:x", "onanimationstart"),
        ("div style=transition:1s", "ontransitionend"),
        ("p tabindex=1 autofocus", "onfocus"),
        ("a href=# autofocus", "onfocus"),
        ("image src=x", "onerror"),
        ("input type=image src=x", "onerror"),
        ("body", "onpageshow"),
        ("body", "onhashchange"),
        ("body", "onresize"),
        ("body", "onscroll"),
    )
]  # fmt: skip


def documents():
    """A payload in every name and value of a document of its own."""
    golds, found = [], []
    for k, payload in enumerate(PAYLOADS):
        text = f"{payload} said {payload} no"
        name = f"{k} {payload}"
        fields = {payload or "empty": payload, "list": [payload, "x"], "ref": {"ref": payload}}
        length = len(payload)
        meta = {payload: payload, "genre": payload}
        mentions = [Mention(f"{payload} a", name, 0, length + 5, fields=fields)]
        golds.append(Document(name, text=text, meta=meta, mentions=tuple(mentions)))
        wrong = dict.fromkeys(fields, f"{payload}!")
        other = [
            Mention(f"{payload} b", name, 0, length + 3, fields=wrong, text=None, score=k / 200),
            Mention(f"{payload} c", f"{payload} new", length + 6, 2 * length + 7),
        ]
        found.append(Document(name, mentions=tuple(other)))
    return golds, found


def page_of(policy):
    golds, found = documents()
    judged = toolkit.gate(toolkit.Corpus(golds), toolkit.Corpus(found), toolkit.Corpus(golds))
    html = report(golds, found, found, title=PAYLOADS[0], reference=PAYLOADS[1], judged=judged)
    pattern = r'<meta http-equiv="Content-Security-Policy"[^>]*>\n'
    assert len(re.findall(pattern, html)) == 1
    assert "default-src &#39;none&#39;" in html
    return html if policy else re.sub(pattern, "", html)


@pytest.mark.parametrize("policy", [True, False])
def test_nothing_in_data_runs(opened, policy):
    assert len(PAYLOADS) >= 100
    page = opened(page_of(policy))
    before = page.evaluate("[...document.scripts].length")
    follow(page, "#list=&system=0")
    while page.locator("#list-more").is_visible():
        page.locator("#list-more").click()
    assert page.locator(".items tbody tr").count() == 2 * len(PAYLOADS)
    follow(page, "#list=&system=0&field=*")
    page.wait_for_selector(".items tbody tr")
    addresses = page.evaluate(
        "[...new Set([...document.querySelectorAll('.items td a')].map((a) => a.hash))]"
    )
    while page.locator("#list-more").is_visible():
        page.locator("#list-more").click()
    addresses = page.evaluate(
        "[...new Set([...document.querySelectorAll('.items td a')].map((a) => a.hash))]"
    )
    assert len(addresses) >= len(PAYLOADS)
    for address in addresses:
        follow(page, address)
        page.wait_for_function(
            "a => new URLSearchParams(a.slice(1)).get('mention') === null"
            " || document.querySelector('#mention dd') !== null",
            arg=address,
        )
    assert page.evaluate("window.ran") is None
    assert page.faults == []
    foreign = "iframe, img, object, embed, base, link, video, audio, form[action], math, marquee"
    assert page.locator(foreign).count() == 0
    assert page.evaluate("[...document.scripts].length") == before
    assert page.evaluate(
        """[...document.querySelectorAll('*')].every((element) =>
            [...element.attributes].every((attribute) => !attribute.name.startsWith('on')))"""
    )


def test_a_text_with_half_a_surrogate_pair_is_shown(opened):
    text = "half \ud800 a pair \udc00 said"
    page = opened(report([Document("d", text=text, mentions=(Mention("a", "speaker", 0, 6),))], []))
    follow(page, "#list=&system=0")
    assert "U+D800" in page.locator(".items tbody").inner_text()
    follow(page, "#doc=d")
    assert page.locator(".piece").count() == 1
    assert page.faults == []


def test_direction_marks_do_not_turn_the_page(opened):
    page = opened(page_of(policy=True))
    follow(page, "#list=&system=0&q=%E2%80%AEevil")
    said = page.locator(".items tbody").inner_text()
    assert "\u202e" not in said
    assert "U+202E" in said
