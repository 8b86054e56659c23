"""Label Studio's export JSON-MIN: an annotation a row, the task's data beside the controls.

[{"id": 1, "text": "Ana left", "label": [{"start": 0, "end": 3, "labels": ["Speaker"]}],
  "annotator": 1, "annotation_id": 4, "lead_time": 3.2}]
"""

from __future__ import annotations

from typing import Any

_ABOUT = {"annotator", "annotation_id", "created_at", "updated_at", "lead_time"}
"""What the export says of an annotation."""


def is_min(row: dict[str, Any] | frozenset[str]) -> bool:
    """Whether a row, or its keys, is of this export."""
    return "annotation_id" in row and "data" not in row


def task_of(row: dict[str, Any]) -> dict[str, Any]:
    """The row as a task with its one annotation; relations are not in this export."""
    data: dict[str, Any] = {}
    results: list[dict[str, Any]] = []
    for name, value in row.items():
        if isinstance(value, list) and value and all(map(_is_region, value)):
            results += (
                {"id": f"{name}-{number}", "type": "labels", "from_name": name, "value": region}
                for number, region in enumerate(value, 1)
            )
        elif name not in _ABOUT:
            data[name] = value
    annotation = {"completed_by": row.get("annotator"), "result": results}
    return {"id": data.pop("id", None), "data": data, "annotations": [annotation]}


def _is_region(value: Any) -> bool:
    return isinstance(value, dict) and {"start", "end", "labels"} <= value.keys()
