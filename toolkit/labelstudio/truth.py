"""Gold as ground truth of the tasks it was made from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from toolkit.labelstudio.pulled import Folder, truth_id, truth_number
from toolkit.labelstudio.server import Server
from toolkit.labelstudio.writing import results
from toolkit.model import Document
from toolkit.schema.nouns import LabelSchema


def keep_truth(
    server: Server, folder: Folder, gold: Iterable[Document], schema: LabelSchema
) -> int:
    """Write each document to its pulled tasks as ground truth; say how many were new or changed.

    A document has one in each project, under an id that project and text determine, so that a call
    that was stopped anywhere makes none twice.
    """
    documents = {(one.id, one.text_sha256): one for one in gold}
    written = 0
    for task in folder.first_tasks(server.url):
        document = documents.get((task["data"].get("doc_id"), task["data"].get("text_sha256")))
        if document is None:
            continue
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
