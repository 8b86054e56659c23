"""A Label Studio server in memory, with the methods of `toolkit.labelstudio.server.Server`."""

import copy
import itertools

from toolkit.labelstudio.server import Head


class FakeServer:
    """Projects and tasks in the shapes that a real server answers; `writes` counts requests."""

    def __init__(self):
        self.url = "http://studio.example"
        self.made, self.held, self.unique = [], {}, set()
        self.numbers, self.times, self.writes = itertools.count(1), itertools.count(1), 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def projects(self, name):
        return [one for one in self.made if name in (one["title"], str(one["id"]))]

    def project(self, name):
        (found,) = self.projects(name)
        return dict(found)

    def create_project(self, **settings):
        self.writes += 1
        self.made.append({"id": next(self.numbers), "model_version": "", **settings})
        return self.made[-1]

    def update_project(self, project, **settings):
        self.writes += 1
        if version := settings.get("model_version"):
            predictions = [one["predictions"] for one in self.held.values()]
            assert version in {one["model_version"] for some in predictions for one in some}
        next(one for one in self.made if one["id"] == project).update(settings)

    def delete_project(self, project):
        self.made = [one for one in self.made if one["id"] != project]

    def check_config(self, project, config):
        pass

    def heads(self, project):
        return [
            Head(
                task["id"],
                task["data"].get("doc_id"),
                task["data"].get("text_sha256"),
                task["updated_at"],
                tuple(one["id"] for one in task["annotations"]),
                bool(task["drafts"]),
                tuple(one["model_version"] for one in task["predictions"]),
            )
            for task in self.held.values()
            if task["project"] == project
        ]

    def tasks(self, project, ids):
        return [self.held[number] for number in ids if self.held[number]["project"] == project]

    def people(self):
        return {
            1: "ana@one.example",
            2: "ana@two.example",
            3: "../b/é@three.example",
            4: "ben@four.example",
        }

    def import_tasks(self, project, tasks):
        self.writes += 1
        for task in tasks:
            number = next(self.numbers)
            self.held[number] = {
                "id": number,
                "project": project,
                "data": dict(task["data"]),
                "updated_at": self.now(),
                "annotations": [],
                "drafts": [],
                "predictions": [{"id": next(self.numbers), **one} for one in task["predictions"]],
            }

    def import_predictions(self, project, predictions):
        self.writes += 1
        for one in predictions:
            made = {key: value for key, value in one.items() if key != "task"}
            task = self.held[one["task"]]
            task["predictions"].append({"id": next(self.numbers), **made})

    def delete_task(self, task):
        self.held.pop(task, None)

    def delete_prediction(self, prediction):
        for task in self.held.values():
            task["predictions"] = [one for one in task["predictions"] if one["id"] != prediction]

    def annotate(self, task, result, **settings):
        self.writes += 1
        unique = settings.pop("unique_id", None)  # is never shown again
        assert unique is None or unique not in self.unique
        self.unique.add(unique)
        made = {"id": next(self.numbers), "result": result, "completed_by": 1, **settings}
        made = {"was_cancelled": False, "updated_at": self.now(), **made}
        self.held[task]["annotations"].append(made)
        self.held[task]["updated_at"] = self.now()
        return made

    def update_annotation(self, annotation, **settings):
        self.writes += 1
        for task in self.held.values():
            for one in task["annotations"]:
                if one["id"] == annotation:
                    one.update(settings, updated_at=self.now())
                    task["updated_at"] = self.now()

    def accept(self, change=lambda result: result, **settings):
        """Submit each task's prediction, changed, as somebody's work that began from it."""
        for task in self.held.values():
            (prediction,) = task["predictions"]
            result = change(copy.deepcopy(prediction["result"]))
            self.annotate(task["id"], result, parent_prediction=prediction["id"], **settings)

    def now(self):
        return f"2031-04-02T10:00:{next(self.times):02}Z"

    def of(self, document):
        """The tasks of a document."""
        return [task for task in self.held.values() if task["data"].get("doc_id") == document]


class Cut:
    """A server whose connection breaks at one write, before or after that was carried out."""

    WRITES = (
        "create_project",
        "update_project",
        "delete_project",
        "import_tasks",
        "import_predictions",
        "delete_task",
        "delete_prediction",
        "annotate",
        "update_annotation",
    )

    def __init__(self, server, at, when):
        self.server, self.left, self.when = server, at, when

    def __getattr__(self, name):
        method = getattr(self.server, name)
        return self.cutting(method) if name in self.WRITES else method

    def cutting(self, method):
        def write(*args, **kwargs):
            self.left -= 1
            if self.left == -1 and self.when == "before":
                raise ConnectionError
            found = method(*args, **kwargs)
            if self.left == -1:
                raise ConnectionError
            return found

        return write
