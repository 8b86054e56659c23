"""The HTML report in a browser: numbers lead to spans, texts read well, everyone can use it."""

import re

import pytest

import toolkit
from live.conftest import follow
from live.pages import agreed, compared, gated, grounded, report, shipped, sides
from toolkit import Document, Mention

pytestmark = pytest.mark.live

SIZES = (1400, 800, 390)


def lists(page):
    """Addresses of lists in the summary, with the count each stands at."""
    return page.evaluate(
        """[...document.querySelectorAll('#summary td:not(.figure) a[href^="#list"]')]
            .filter((link) => /^[0-9]+$/.test(link.textContent))
            .map((link) => [link.getAttribute('href'), Number(link.textContent)])"""
    )


def agreed_by_two():
    return agreed("ann", "ben")


def agreed_by_three():
    return agreed("ann", "ben", "cy")


@pytest.mark.parametrize(
    ("made", "system"),
    [(shipped, 0), (compared, 1), (grounded, 0), (agreed_by_two, 0), (agreed_by_three, 1)],
)
def test_every_number_leads_to_as_many_items(opened, made, system):
    page = opened(made())
    links = [link for link in lists(page) if f"system={system}&" in link[0]]
    assert len(links) > 150
    wrong = [(href, number) for href, number in links if follow(page, href) != number]
    assert wrong == []
    assert page.faults == []


def test_what_two_systems_found_leads_to_as_many_items(opened):
    page = opened(compared())
    links = [link for link in lists(page) if "right=" in link[0]]
    assert [follow(page, href) for href, _ in links] == [number for _, number in links]
    kinds = {kind for href, _ in links for kind in re.findall(r"right=(\w+)", href)}
    assert kinds == {"both", "one", "none"}
    one = next(href for href, _ in links if "right=one" in href)
    follow(page, one)
    assert page.locator(".items tbody .badge").all_inner_texts()[0] == "✓ correct"


def test_figures_lead_to_all_that_they_count(opened):
    page = opened(shipped())
    links = page.evaluate(
        """[...document.querySelectorAll('#summary .figure a')].map((link) => [
            link.getAttribute('href'),
            [...link.closest('tr').cells].slice(5).map((cell) => Number(cell.textContent)),
        ])"""
    )
    assert len({href for href, _ in links}) > 50
    one_of_three = dict(links[::3])
    assert {follow(page, href) - sum(counts) for href, counts in one_of_three.items()} == {0}


def test_hallucinated_mentions_are_seen_listed_and_reached(opened):
    page = opened(grounded())
    links = [link for link in lists(page) if "kind=hallucinated" in link[0]]
    spurious = [link for link in lists(page) if "kind=spurious" in link[0]]
    assert links
    assert spurious
    href, number = links[0]
    assert follow(page, href) == number
    assert set(page.locator(".items tbody .badge").all_inner_texts()) == {"+? hallucinated"}
    assert page.locator(".items tbody td:nth-child(4)").first.inner_text().startswith("never said")
    page.locator(".items tbody a").first.click()
    chosen = page.locator(".lost[open] .chosen")
    chosen.wait_for()
    assert "never said" in chosen.inner_text()
    assert "hallucinated" in page.locator("#legend").inner_text()
    assert re.search(r"found in the text\s+none", page.locator("#mention").inner_text())
    assert page.faults == []


def test_filters_by_grounding_stand_where_words_were_located(opened):
    page = opened(grounded(), "#list=&grounding=normalised")
    assert counted(page, "") != counted(opened(grounded(), "#list="), "")
    assert page.locator("select[name=grounding]").input_value() == "normalised"
    page = opened(shipped(), "#list=")
    counted(page, "")
    assert page.locator("select[name=grounding]").count() == 0


@pytest.mark.parametrize("address", ["#summary", "#list=", "#list=&field=*", "#doc="])
def test_annotators_are_named_wherever_gold_would_be(opened, address):
    page = opened(agreed_by_two(), address)
    follow(page, address)
    if address == "#doc=":
        page.keyboard.press("n")
    said = page.locator("body").inner_text()
    assert not re.search(r"\b(gold|predict)", said, re.IGNORECASE)
    assert "ben against ann" in said
    titles = page.evaluate("[...document.querySelectorAll('[title]')].map((each) => each.title)")
    assert not [title for title in titles if "gold" in title]


def test_documents_that_not_all_did_are_told(opened):
    page = opened(agreed_by_three())
    said = page.locator("#summary").inner_text()
    assert "ben, cy against ann, 12 documents" in page.locator(".lede").inner_text()
    assert "1 document not done by all" in said
    assert re.search("done by ann alone, not counted: .", said)


def test_tracks_of_several_are_numbered_as_the_legend_says(opened):
    page = opened(agreed_by_three(), "#doc=")
    page.wait_for_selector(".piece")
    assert "above: ann; below: 1 ben, 2 cy." in page.locator("#legend").inner_text()
    numbers = page.evaluate(
        """[...document.querySelectorAll('.tracks .piece')].map((piece) =>
            [piece.dataset.mark[0], piece.closest('.tracks').dataset.number ?? null])"""
    )
    assert set(map(tuple, numbers)) == {("g", None), ("0", "1"), ("1", "2")}


def test_what_splits_two_people_leads_to_all_its_places(opened):
    text = "Ana Roke said that the council had banned ships and then banned boats again."

    def document(*mentions):
        return Document("d", text=text, mentions=mentions)

    def speaker(name, start, end, label="speaker", **fields):
        return Mention(name, label, start, end, fields=fields)

    one = [
        speaker("a", 0, 8, kind="person", many=["x", "y"], of={"ref": "b"}),
        speaker("b", 19, 30, kind="body"),
        speaker("c", 35, 47, label="ban"),
        speaker("d", 57, 69, label="ban"),
    ]
    other = [
        speaker("p", 4, 8, kind="body", many=["y", "z"], of={"ref": "r"}),
        speaker("q", 19, 30, label="body"),
        speaker("r", 42, 47),
        speaker("s", 57, 63, label="ban"),
        speaker("t", 70, 75, label="ban"),
    ]
    sets = {"ann": [document(*one)], "ben": [document(*other)]}
    judged = toolkit.agreement(sets)
    assert {split.kind for split in judged.splits} == {"presence", "boundary", "label", "value"}
    page = opened(report(sets["ann"], sets["ben"], reference="ann", judged=judged))
    links = page.evaluate(
        """[...document.querySelectorAll('[aria-label="What splits people"] td:last-child a')]
            .map((link) => [link.hash, Number(link.textContent)])"""
    )
    assert len(links) == len(judged.splits)
    assert [(href, follow(page, href)) for href, _ in links] == [tuple(link) for link in links]
    assert page.faults == []


def test_where_people_part_leads_to_the_document(opened):
    page = opened(agreed_by_two())
    links = page.locator("#summary a[href^='#doc']")
    wanted = links.first.inner_text()
    links.first.click()
    page.wait_for_selector(".piece")
    assert page.locator("#document-title").inner_text() == wanted


@pytest.mark.parametrize("title", ["Newly wrong", "Newly right"])
def test_what_a_gate_found_leads_to_the_mention(opened, title):
    page = opened(gated())
    addresses = page.evaluate(
        """(title) => [...document.querySelectorAll(`[aria-label="${title}"] a`)]
            .map((link) => link.getAttribute('href'))""",
        title,
    )
    assert len(addresses) > 10
    for address in addresses[:: len(addresses) // 10]:
        follow(page, address)
        page.wait_for_function(
            "(a) => new URLSearchParams(a.slice(1)).get('mention')"
            " === document.querySelector('#sheet .chosen')?.dataset.mark",
            arg=address,
        )
    assert page.faults == []


def test_a_gates_figures_lead_to_their_lists(opened):
    page = opened(gated())
    found = page.evaluate(
        """[...document.querySelectorAll('[aria-label="Checks"] tbody tr')].map((row) =>
            [row.cells[0].textContent, row.cells[3].querySelector('a')?.hash,
             row.cells[4].querySelector('a')?.hash])"""
    )
    assert all(now for _, now, _ in found)
    lost = {name: change for name, _, change in found if change}
    assert {"(micro)", "speaker", "speaker.form"} <= lost.keys()
    only_baseline = dict(
        page.evaluate(
            """[...document.querySelectorAll('[aria-label^="Mentions of gold found"] tbody tr')]
                .map((row) => [row.cells[0].textContent, Number(row.cells[2].textContent)])"""
        )
    )
    assert follow(page, lost["speaker"]) == only_baseline["speaker"]
    assert follow(page, lost["(micro)"]) == sum(only_baseline.values())
    gold, systems = sides()
    before, now = (wrong_values(toolkit.score(gold, each)) for each in systems.values())
    for figure in ("speaker.form", "claim.claimer", "claim.type"):
        those = [{row for row in of if row[0] == figure} for of in (before, now)]
        assert follow(page, lost[figure]) == len(those[1] - those[0]), figure


def wrong_values(card):
    """Gold values that are not right, those of missed mentions too."""
    return {
        (f"{verdict.label}.{verdict.field}", verdict.document, verdict.gold_id, str(verdict.gold))
        for verdict in card.verdicts
        if verdict.field and verdict.gold is not None
    }


def test_a_report_of_a_scorecard_alone_lists_its_errors(opened):
    gold, systems = sides()
    page = opened(toolkit.html_report({"rules": toolkit.score(gold, systems["rules"])}))
    wanted = [
        (href, number)
        for href, number in lists(page)
        if ("outcome=missing" in href or "outcome=spurious" in href) and "view=type" in href
    ]
    assert len(wanted) == 10
    assert [follow(page, href) for href, _ in wanted] == [number for _, number in wanted]
    assert page.faults == []


def counted(page, before):
    """What the list says of its length, once it is no longer what it said before."""
    page.wait_for_function(
        """(before) => {
            const said = document.getElementById('list-count').textContent;
            return said !== before && /^[0-9,]+ item/.test(said);
        }""",
        arg=before,
    )
    return page.locator("#list-count").inner_text()


def test_a_search_looks_at_what_the_systems_own_reference_leads_to(opened):
    def found(led_to):
        mentions = (
            Mention("a", "speaker", 0, 3, fields={"of": {"ref": led_to}}),
            Mention("b", "speaker", 4, 7),
        )
        return [Document("d", text="Ana Ben Cy", mentions=(*mentions, Mention("c", "body", 8, 10)))]

    one = [Document("d", mentions=(Mention("a", "speaker", 0, 3),))]
    page = opened(
        report(found("b"), one, found("c")), "#list=&system=1&label=speaker&field=of&q=cy"
    )
    assert counted(page, "").startswith("1 item")
    page = opened(
        report(found("b"), one, found("c")), "#list=&system=1&label=speaker&field=of&q=nobody"
    )
    assert counted(page, "").startswith("0 items")


def test_filters_are_in_the_address(opened):
    page = opened(shipped(), "#list=&system=0&label=speaker")
    speakers = counted(page, "")
    page.locator("select[name=label]").select_option("quote")
    quotes = counted(page, speakers)
    page.get_by_label("Search words and values").fill("sanctions")
    counted(page, quotes)
    assert page.evaluate("location.hash") == "#list=&system=0&label=quote&q=sanctions"
    rows = page.locator(".items tbody tr").all_inner_texts()
    assert rows
    assert all("quote" in row and "sanctions" in row.lower() for row in rows)


TEXT = "Ana Roke and Ben told\nthe 🙂 council no, Ana said."
GOLD = [
    Mention("a", "speaker", 0, 8),
    Mention("long", "claim", 0, 21, fields={"by": {"ref": "a"}, "kind": "x"}),
    Mention("crossing", "claim", 13, 33),
    Mention("broken", "quote", fragments=((9, 12), (35, 37))),
    Mention("nowhere", "note"),
]
FOUND = [
    Mention("p", "speaker", 0, 8),
    Mention("q", "claim", 0, 21, fields={"by": {"ref": "p"}, "kind": "y"}),
    Mention("r", "claim", 17, 33),
    Mention("s", "speaker", 39, 42),
]


@pytest.fixture
def small():
    return report(
        [Document("d/1", text=TEXT, mentions=tuple(GOLD))], [Document("d/1", mentions=tuple(FOUND))]
    )


def pieces(page):
    """Where each piece of a mark is drawn, and where the browser draws the words it stands for."""
    return page.evaluate(
        """[...document.querySelectorAll('.piece')].map((piece) => {
            const box = piece.getBoundingClientRect();
            const words = piece.closest('.line').querySelector('.words').getBoundingClientRect();
            const side = box.top < words.top ? 'above' : 'below';
            return [piece.dataset.mark, box.left, box.right, side, box.top];
        })"""
    )


def words_box(page, start, end):
    """Where the browser draws a part of the text that stands in one line; UTF-16 offsets in it."""
    return page.evaluate(
        """([words]) => {
            for (const line of document.querySelectorAll('.words')) {
                const at = line.textContent.indexOf(words);
                if (at < 0) continue;
                const range = document.createRange();
                range.setStart(line.firstChild, at);
                range.setEnd(line.firstChild, at + words.length);
                const box = range.getBoundingClientRect();
                return [box.left, box.right];
            }
            return null;
        }""",
        [TEXT[start:end]],
    )


def test_tracks_stand_at_the_words_they_mark(opened, small):
    page = opened(small, "#doc=d%2F1")
    page.wait_for_selector(".piece")
    found = pieces(page)
    by_mark = {mark: (left, right, side) for mark, left, right, side, _ in found}
    for key, start, end, side in (
        ("g.a", 0, 8, "above"),
        ("0.p", 0, 8, "below"),
        ("0.s", 39, 42, "below"),
    ):
        left, right = words_box(page, start, end)
        assert by_mark[key][:2] == pytest.approx((left, right), abs=1), key
        assert by_mark[key][2] == side
    left, right = words_box(page, 22, 33)  # behind an emoji, in the second line
    assert min(r for m, _, r, _, _ in found if m == "g.crossing") == pytest.approx(right, abs=1)
    assert len([m for m, *_ in found if m == "g.broken"]) == 2


def test_marks_of_one_track_never_overlap(opened, small):
    page = opened(small, "#doc=d%2F1")
    page.wait_for_selector(".piece")
    found = pieces(page)
    for k, (_, left, right, side, top) in enumerate(found):
        for _, other_left, other_right, other_side, other_top in found[k + 1 :]:
            if (side, top) == (other_side, other_top):
                assert right <= other_left + 1 or other_right <= left + 1


def test_errors_are_told_without_colour(opened, small):
    page = opened(small, "#doc=d%2F1")
    page.wait_for_selector(".piece")
    told = page.evaluate(
        """Object.fromEntries([...document.querySelectorAll('.piece[aria-label]')].map((piece) =>
            [piece.dataset.mark,
             [piece.textContent[0], getComputedStyle(piece).borderTopStyle]]))"""
    )
    assert told["g.a"] == ["s", "solid"]
    assert told["g.long"] == ["✎", "solid"]
    assert told["g.crossing"] == ["≈", "dashed"]
    assert told["g.broken"] == ["∅", "dotted"]
    assert told["0.s"][0] == "+"


def test_keys_walk_from_error_to_error_and_addresses_survive_reload(opened, small):
    page = opened(small, "#doc=d%2F1")
    page.wait_for_selector(".piece")
    seen = []
    for _ in range(5):
        page.keyboard.press("n")
        seen.append(page.evaluate("new URLSearchParams(location.hash.slice(1)).get('mention')"))
    assert len(set(seen)) == 5
    assert "g.a" not in seen
    page.keyboard.press("p")
    assert page.evaluate("new URLSearchParams(location.hash.slice(1)).get('mention')") == seen[-2]
    page.reload()
    page.wait_for_selector(f'.chosen[data-mark="{seen[-2]}"]')
    assert page.faults == []


def test_a_chosen_mention_shows_fields_and_what_it_refers_to(opened, small):
    page = opened(small, "#doc=d%2F1&mention=g.long")
    page.wait_for_selector("#mention table")
    said = page.locator("#mention").inner_text()
    assert re.search(r"by\s+→ Ana Roke\s+→ Ana Roke\s+✓", said)
    assert re.search(r"kind\s+x\s+y\s+≠", said)
    assert page.locator('.piece.related[data-mark="g.a"]').count() == 1
    assert page.locator('.piece.related[data-mark="0.q"]').count() >= 1
    page.get_by_role("button", name="→ speaker Ana Roke").click()
    assert page.evaluate("location.hash").endswith("mention=g.a")


def test_what_has_the_focus_is_shown(opened, small):
    page = opened(small, "#doc=d%2F1")
    page.wait_for_selector(".piece")
    page.locator('.piece[data-mark="0.s"]').focus()
    assert page.locator("#mention h3").inner_text() == "speaker"
    assert "spurious" in page.locator("#mention").inner_text()
    assert page.evaluate("location.hash").endswith("mention=0.s")


def test_right_to_left_text_runs_from_the_right(opened):
    text = "قالت آنا روك إن العقوبات ستستمر"
    start = text.index("آنا")
    mention = Mention("a", "speaker", start, start + 7)
    page = opened(report([Document("d", text=text, mentions=(mention,))], []), "#doc=d")
    page.wait_for_selector(".piece")
    box = page.evaluate(
        """(() => {
            const line = document.querySelector('.line');
            const piece = line.querySelector('.piece').getBoundingClientRect();
            const whole = line.getBoundingClientRect();
            return [getComputedStyle(line).direction, whole.right - piece.right, whole.width];
        })()"""
    )
    assert box[0] == "rtl"
    assert 0 < box[1] < box[2] / 3


def test_the_first_screen_needs_no_script(opened):
    page = opened(shipped(), java_script_enabled=False)
    said = page.locator("#summary").inner_text()
    for words in ("strict", "F1", "speaker", "sanction.status", "label+boundary"):
        assert words in said
    assert page.locator("nav a:visible").all_inner_texts() == ["Summary"]
    assert page.locator(".panel:visible").count() == 2
    page.locator("label", has_text="overlap").first.click()
    assert "match rule" in page.locator(".panel:visible").first.inner_text()


def test_everything_is_open_in_print(opened):
    page = opened(shipped())
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#summary .panel:visible").count() == 9
    assert page.locator(".matrix:visible").count() == page.locator(".matrix").count() > 5
    assert page.locator("nav:visible").count() == 0


PLACES = [
    *((compared, address) for address in ("#summary", "#list=&system=0", "#doc=")),
    *((made, "#summary") for made in (grounded, agreed_by_three, gated)),
    (grounded, "#doc="),
]


@pytest.mark.parametrize("width", SIZES)
@pytest.mark.parametrize(("made", "address"), PLACES)
def test_no_page_is_wider_than_its_window(opened, made, width, address):
    page = opened(made(), address, viewport={"width": width, "height": 800})
    follow(page, address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(
    ("format_", "said"),
    [
        ("Markdown", r"\| \(micro\) \| [\d.]+ \d+–\d+ \|"),
        ("LaTeX", r"\(micro\) & [\d.]+ \d+--\d+ &.*\\\\"),
        ("CSV", r"\n\(micro\),[\d.]+ \d+–\d+,"),
    ],
)
def test_a_table_is_copied(opened, format_, said):
    page = opened(shipped(), permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name=format_).first.click()
    page.wait_for_function("() => /copied/.test(document.querySelector('.copy').textContent)")
    assert re.search(said, page.evaluate("navigator.clipboard.readText()"))


def test_a_table_is_sorted_and_totals_stay_first(opened):
    page = opened(shipped())
    table = page.locator("table.sortable").first
    table.get_by_role("button", name="Precision").click()
    names = table.locator("tbody th").all_inner_texts()
    assert names == ["(micro)", "(macro)", "speaker", "sanction", "quote", "claim"]
    table.get_by_role("button", name="Precision").click()
    assert table.locator("tbody th").all_inner_texts()[2:] == names[:1:-1]


def axe():
    found = pytest.importorskip("axe_playwright_python", reason="axe-core is not installed")
    from pathlib import Path

    return (Path(found.__path__[0]) / "axe.min.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("made", "address"), PLACES)
def test_axe_finds_no_serious_violation(opened, made, address, scheme):
    source = axe()
    page = opened(made(), address, color_scheme=scheme)
    follow(page, address)
    if address == "#doc=":
        page.keyboard.press("n")
    page.evaluate(source)
    found = page.evaluate("axe.run().then((found) => found.violations)")
    serious = [
        (each["id"], [node["html"][:120] for node in each["nodes"][:3]])
        for each in found
        if each["impact"] in ("serious", "critical")
    ]
    assert serious == []


def test_searching_documents_finds_names_and_texts(opened):
    page = opened(shipped(), "#doc=")
    page.get_by_label("Search names and texts").fill("kitchen table")
    page.wait_for_function(
        "() => /^1 document/.test(document.getElementById('documents-count').textContent)"
    )
    assert page.locator("#documents-found a").inner_text().startswith("corvane-kitchen-table")
