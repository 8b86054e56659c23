"""Gold as ground truth of the tasks it was made from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from toolkit.labelstudio.pulled import Folder, truth_id, truth_number
from toolkit.labelstudio.server import Server
from toolkit.labelstudio.writing import results
from toolkit.model import Document
from toolkit.schema.nouns import LabelSchema


def keep_truth(
    server: Server, project: int, folder: Folder, gold: Iterable[Document], schema: LabelSchema
) -> int:
    """Write each document to its pulled task as ground truth, and say how many were new or changed.

    A task has one, under an id that the document determines, so that a call that was stopped
    anywhere makes none twice.
    """
    gone = set(folder.state(server.url, project).deleted)
    tasks: dict[tuple[str, str], dict[str, Any]] = {}
    for task in folder.raw_tasks():
        if task["id"] not in gone:
            tasks.setdefault((task["data"].get("doc_id"), task["data"].get("text_sha256")), task)
    written = 0
    for document in gold:
        place = (document.id, document.text_sha256 or "")
        if place not in tasks:
            continue
        task = tasks[place]
        wanted = results(document, schema, Counter())
        number = truth_number(task)
        there = [one for one in task["annotations"] if one.get("import_id") == number]
        there = [one for one in there if not one.get("deleted")]
        if not there:
            made_by = {"unique_id": str(truth_id(task)), "import_id": number}
            server.annotate(task["id"], wanted, ground_truth=True, **made_by)
        elif there[0]["result"] != wanted or not there[0].get("ground_truth"):
            server.update_annotation(there[0]["id"], result=wanted, ground_truth=True)
        else:
            continue
        written += 1
    return written
