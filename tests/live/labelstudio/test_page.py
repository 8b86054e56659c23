"""The annotation page in a browser: what an annotator sees and does."""

import pytest
from hard import hard_documents, write_texts

import toolkit
from live.labelstudio.conftest import PICTURES
from toolkit.formats.texts import read_texts
from toolkit.labelstudio.controls import region_id
from toolkit.labelstudio.projects import make_project
from toolkit.labelstudio.pull import pull
from toolkit.labelstudio.push import push
from toolkit.labelstudio.server import Server

pytestmark = pytest.mark.live


@pytest.fixture(scope="module")
def pushed(studio, token, kinds, tmp_path_factory):
    """A project of the hard documents with predictions, and their texts."""
    texts = write_texts(tmp_path_factory.mktemp("texts"))
    with Server(studio.url, token) as server:
        project = make_project(server, "page", kinds).id
        push(server, "page", read_texts(texts), kinds, predictions=hard_documents())
        tasks = {head.document: head.id for head in server.heads(project)}
    return project, tasks, texts


def show(page, studio, pushed, document):
    """Open a document's task, and wait until its regions are drawn."""
    project, tasks, _ = pushed
    page.goto(f"{studio.url}/projects/{project}/data?task={tasks[document]}")
    page.wait_for_selector(".htx-highlight")
    page.wait_for_selector("text=Submit")


def picture(page, name):
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png")


def drawn(page):
    """The words on the page under each region, by the region's id."""
    return page.evaluate(
        """() => {
            const words = {};
            for (const part of document.querySelectorAll('.htx-highlight')) {
                const name = /htx-highlight-(\\S+)-\\d+/.exec(part.className)[1];
                words[name] = (words[name] ?? '') + part.textContent;
            }
            return words;
        }"""
    )


def select(page, words):
    """Mark words of the text with the mouse, as a person does."""
    box = page.evaluate(
        """(words) => {
            const root = document.querySelector('.lsf-htx-richtext');
            const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
            while (walk.nextNode()) {
                const at = walk.currentNode.data.indexOf(words);
                if (at < 0) continue;
                walk.currentNode.parentElement.scrollIntoView({block: 'center'});
                const range = document.createRange();
                range.setStart(walk.currentNode, at);
                range.setEnd(walk.currentNode, at + words.length);
                const {left, right, top, bottom} = range.getBoundingClientRect();
                return {left, right, middle: (top + bottom) / 2};
            }
        }""",
        words,
    )
    page.mouse.move(box["left"] + 1, box["middle"])
    page.mouse.down()
    page.mouse.move((box["left"] + box["right"]) / 2, box["middle"], steps=4)
    page.mouse.move(box["right"] - 1, box["middle"], steps=4)
    page.mouse.up()


def test_predictions_stand_on_the_right_characters(page, studio, pushed):
    for document in hard_documents():
        if not document.mentions or document.id == "crowded":
            continue
        show(page, studio, pushed, document.id)
        found = drawn(page)
        for mention in document.mentions:
            for number, (start, end) in enumerate(mention.place, 1):
                name = region_id(mention.id) + (f"-{number}" if number > 1 else "")
                assert _dense(found[name]) == _dense(document.text[start:end])
        picture(page, f"predictions-{document.id}")
    assert page.faults == []


def _dense(words):
    """Words without white space: the page draws the ends of lines as elements."""
    return "".join(words.split())


def test_two_hundred_relations_are_drawn(page, studio, pushed):
    show(page, studio, pushed, "crowded")
    assert page.locator(".htx-highlight").count() == 200
    picture(page, "crowded")
    assert page.faults == []


def test_every_region_has_its_colour(page, studio, pushed):
    show(page, studio, pushed, "nested")
    plain = page.evaluate(
        """() => [...document.querySelectorAll('.htx-highlight')]
            .filter((part) => getComputedStyle(part).backgroundColor === 'rgba(0, 0, 0, 0)')
            .map((part) => part.dataset.label)"""
    )
    assert plain == []


def test_nothing_of_the_page_is_cut_off(page, studio, pushed):
    show(page, studio, pushed, "emoji")
    page.locator('.htx-highlight[data-label$=":event"]').first.click()
    page.wait_for_selector(".toolkit-fields .lsf-choices:visible")
    cut = page.evaluate(
        """() => [...document.querySelectorAll('.lsf-label, .toolkit-fields :is(h4, label)')]
            .filter((part) => part.offsetParent && part.scrollWidth > part.clientWidth + 1)
            .map((part) => part.className)"""
    )
    assert cut == []
    names = page.locator(".toolkit-fields h4:visible").all_inner_texts()
    assert names == ["kind (several)", "place (several)", "count", "date", "sure", "note"]
    picture(page, "fields")


def test_what_is_drawn_is_pulled_and_scored(page, studio, pushed, token, kinds, tmp_path):
    texts = pushed[-1]
    show(page, studio, pushed, "emoji")
    page.keyboard.press("1")  # the key of the first label
    select(page, "home")
    page.wait_for_function(
        "() => [...document.querySelectorAll('.htx-highlight')].some((e) => e.innerText === 'home')"
    )
    new = page.locator(".htx-highlight", has_text="home").last
    if not page.locator(".toolkit-fields .lsf-choice:visible").count():
        new.click()
    page.locator(".toolkit-fields .lsf-choice:visible", has_text="group").click()
    entry = page.locator('.toolkit-fields input[name="person.entity"]')
    entry.fill("our home 🏠")
    entry.press("Enter")
    picture(page, "drawn")
    page.keyboard.press("Escape")
    page.locator('.htx-highlight[data-label$=":event"]').last.click()
    page.keyboard.press("Alt+r")
    page.locator(".htx-highlight", has_text="home").last.click()
    page.wait_for_timeout(300)
    picture(page, "related")
    page.click("text=Submit")
    page.wait_for_selector("text=Update")
    with Server(studio.url, token) as server:
        found = pull(server, "page", tmp_path, read_texts(texts), kinds)
    assert [event.kind for event in found.events] == ["understood", "new"]
    (file,) = (tmp_path / "annotators").glob("*/emoji.json")
    (done,) = toolkit.read(str(file))
    gold = hard_documents()[0]
    added = [one for one in done.mentions if one.id not in {each.id for each in gold.mentions}]
    assert [gold.text[one.start : one.end] for one in added] == ["home"]
    assert added[0].label == "person"
    assert added[0].fields == {"kind": "group", "entity": "our home 🏠"}
    (event,) = (one for one in done.mentions if one.label == "event")
    assert event.fields["who"] == [{"ref": "p1"}, {"ref": "p2"}, {"ref": added[0].id}]
    card = toolkit.score([done], [gold], kinds)
    (row,) = (one for one in card.rows if (one.label, one.view) == ("person", "strict"))
    assert (row.precision, row.recall) == (1.0, 2 / 3)
    assert page.faults == []
