"""Small valid files of every format, for tests that take any reader."""

import json
import os
from importlib.util import find_spec
from pathlib import Path

import pytest

from toolkit.formats import find_writer
from toolkit.formats.documentation import extra
from toolkit.model import Document, Mention

SAMPLES = Path(
    os.environ.get(
        "TOOLKIT_SAMPLES", Path(__file__).parent.parent.parent.parent / "shared" / "samples"
    )
)
"""Files that the tools themselves wrote, which are not part of this repository."""


def needs_extra(name):
    """Skip a test of a format whose library is not installed."""
    module = {"uima": "cassis", "spacy": "spacy"}.get(extra(name), "toolkit")
    if find_spec(module) is None:
        pytest.skip(
            f"needs the extra {extra(name)}: pip install 'extraction-toolkit[{extra(name)}]'"
        )


NATIVE = '{"id":"d","text":"Ana 🙂 left","mentions":[{"id":"m","label":"p","start":0,"end":3}]}\n'

CONLL = "# newdoc id = d\nAna\tB-person\nRoke\tI-person\n\nleft\tO\n"

BRAT = """\
T1\tperson 0 3\tAna
T2\tleft 6 10\tleft
E1\tleft:T2 who:T1
R1\tknows Arg1:T1 Arg2:E1\t
*\tsame T1 E1
A1\tsure E1
#1\tcomment T1\tis it she?
"""

WEBANNO = """\
#FORMAT=WebAnno TSV 3.3
#T_SP=webanno.custom.Person|kind|ROLE_webanno.custom.Person:links_webanno.custom.L|webanno.custom.Act
#T_SP=webanno.custom.Act|
#T_CH=webanno.custom.Same|referenceRelation|referenceType
#T_RL=webanno.custom.Knows|how|BT_webanno.custom.Person


#Text=Ana 🙂 left
1-1\t0-3\tAna\tofficial[1]\tdoes[1]\t1-3\t_\t*->1-1\t*[1]\t_\t_\t
1-2\t4-6\t🙂\tsign|*\t_|_\t*|*\t_\t_\t_\twell\t1-1[1_0]\t
1-3\t7-11\tleft\t_\t_\t_\t*\t*->1-2\t*[1]\t_\t_\t
1-3.1\t7-8\tl\tx[3]\t_[3]\t*\t_\t_\t_\t_\t_\t
"""

GATE = json.dumps(
    {
        "text": "Ana 🙂 left",
        "offset_type": "j",
        "features": {"source": "x"},
        "annotation_sets": {
            "": {
                "name": "",
                "annotations": [
                    {"type": "person", "start": 0, "end": 3, "id": 0, "features": {"n": 1}},
                    {"type": "act", "start": 7, "end": 11, "id": 1, "features": {}},
                ],
            }
        },
    }
)

CAS_JSON = json.dumps(
    {
        "%TYPES": {
            "a.Person": {
                "%NAME": "a.Person",
                "%SUPER_TYPE": "uima.tcas.Annotation",
                "kind": {"%NAME": "kind", "%RANGE": "uima.cas.String"},
                "who": {"%NAME": "who", "%RANGE": "uima.tcas.Annotation"},
            }
        },
        "%FEATURE_STRUCTURES": [
            {"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView"}
            | {"mimeType": "text", "sofaString": "Ana 🙂 left"},
            {"%ID": 2, "%TYPE": "a.Person", "@sofa": 1, "begin": 0, "end": 3, "kind": "x"},
            {"%ID": 3, "%TYPE": "a.Person", "@sofa": 1, "begin": 7, "end": 11, "@who": 2},
        ],
        "%VIEWS": {"_InitialView": {"%SOFA": 1, "%MEMBERS": [2, 3]}},
    },
    ensure_ascii=False,
)

TYPES = """\
<?xml version="1.0" encoding="UTF-8"?>
<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier"><types><typeDescription>
<name>a.Person</name><description/><supertypeName>uima.tcas.Annotation</supertypeName><features>
<featureDescription><name>kind</name><description/><rangeTypeName>uima.cas.String</rangeTypeName>
</featureDescription></features></typeDescription></types></typeSystemDescription>
"""

XMI = """\
<?xml version="1.0" encoding="UTF-8"?>
<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore"
 xmlns:a="http:///a.ecore" xmi:version="2.0"><cas:NULL xmi:id="0"/>
<a:Person xmi:id="2" sofa="1" begin="0" end="3" kind="x"/>
<a:Person xmi:id="3" sofa="1" begin="7" end="11"/>
<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="Ana 🙂 left"/>
<cas:View sofa="1" members="2 3"/></xmi:XMI>
"""

DOCCANO = """\
{"id": 1, "text": "Ana 🙂 left", "entities": [{"id": 1, "start_offset": 0, \
"end_offset": 3, "label": "p"}, {"id": 2, "start_offset": 7, "end_offset": 11, "label": "a"}], \
"relations": [{"id": 1, "from_id": 1, "to_id": 2, "type": "did"}]}
"""

HUGGINGFACE = """\
{"id": "1", "text": "Ana left", "entities": [{"start": 0, "end": 3, "label": "p", "score": 0.5}]}
"""

LABEL_STUDIO = """\
[{"id": 1, "data": {"text": "Ana left"}, "annotations": [{"result": [{"id": "a", "type": "labels", \
"from_name": "label", "to_name": "text", "value": {"start": 0, "end": 3, "labels": ["p"]}}]}]}]
"""

LANGEXTRACT = """\
{"document_id": "1", "text": "Ana left", "extractions": [{"extraction_class": "p", \
"extraction_text": "Ana", "char_interval": {"start_pos": 0, "end_pos": 3}, "attributes": {}}]}
"""

LLM = """\
{"id": "1", "answer": {"mentions": [{"id": "a", "label": "p", "text": ["Ana"], "fields": {}}]}}
"""

PRODIGY = """\
{"text": "Ana left", "_input_hash": 1, "spans": [{"start": 0, "end": 3, "label": "p"}], \
"answer": "accept"}
"""

TABLE = "document,label,start,end\n1,p,0,3\n"

VALID = {
    "native": {"a.jsonl": NATIVE},
    "conll": {"a.conll": CONLL},
    "brat": {"a.ann": BRAT, "a.txt": "Ana 🙂 left"},
    "webanno": {"a.tsv": WEBANNO},
    "gate": {"a.bdocjs": GATE},
    "cas-json": {"a.json": CAS_JSON},
    "xmi": {"a.xmi": XMI, "TypeSystem.xml": TYPES},
    "spacy": {"a.spacy": None},
    "doccano": {"a.jsonl": DOCCANO},
    "huggingface": {"a.jsonl": HUGGINGFACE},
    "label-studio": {"a.json": LABEL_STUDIO},
    "langextract": {"a.jsonl": LANGEXTRACT},
    "llm": {"a.jsonl": LLM},
    "prodigy": {"a.jsonl": PRODIGY},
    "table": {"a.csv": TABLE},
}
"""For each format its files; the first is the one to read. `None` is made by the writer."""


def lines(*rows):
    """JSON Lines."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


ANNOTATED = {"annotator": 1, "annotation_id": 4, "created_at": "2024-01-01", "lead_time": 3.2}
REGION = {"start": 0, "end": 3, "text": "Ana", "labels": ["p"]}
TOKENS = [{"text": "Ana", "start": 0, "end": 3, "id": 0}, {"text": "left", "start": 4, "end": 8}]
SPAN = {"start": 0, "end": 3, "label": "p", "token_start": 0, "token_end": 0}
TASK = {"text": "Ana left", "_input_hash": 1, "tokens": TOKENS, "spans": [SPAN], "answer": "accept"}
END = {"start": 0, "end": 3, "label": "p"}
RELATION = {"head": 0, "child": 0, "head_span": END, "child_span": END, "label": "same"}
WORDS = json.dumps({"mentions": [{"id": "a", "label": "p", "text": ["Ana"], "fields": {}}]})
CALL = {"function": {"name": "answer", "arguments": WORDS}}
GATE_XML = """<?xml version='1.0' encoding='UTF-8'?>
<GateDocument version="3"><GateDocumentFeatures/><TextWithNodes><Node id="0"/>Ana<Node id="3"/>
 &lt; left</TextWithNodes><AnnotationSet><Annotation Id="1" Type="p" StartNode="0" EndNode="3">
<Feature><Name>n</Name><Value className="java.lang.Integer">2</Value></Feature></Annotation>
</AnnotationSet></GateDocument>
"""
TSV = (
    "#FORMAT=WebAnno TSV {}\n#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|value\n"
    "\n\n{}#Text=Ana left\n1-1\t0-3\tAna\tp\t\n1-2\t4-8\tleft\t_\t\n"
)


def cas_of_two(first, other):
    """A CAS with two views, of which each has a text or none, and an annotation of the whole."""
    texts = {"_InitialView": first, "other": other}
    sofas, found, views = [], [], {}
    for number, (name, text) in enumerate(texts.items(), 1):
        sofa = {"%ID": number, "%TYPE": "uima.cas.Sofa", "sofaNum": number, "sofaID": name}
        sofas.append(sofa if text is None else sofa | {"mimeType": "text", "sofaString": text})
        views[name] = {"%SOFA": number, "%MEMBERS": [] if text is None else [number + 2]}
        if text is not None:
            place = {"begin": 0, "end": 3}
            found.append({"%ID": number + 2, "%TYPE": "a.p", "@sofa": number, **place})
    types = {"a.p": {"%NAME": "a.p", "%SUPER_TYPE": "uima.tcas.Annotation"}}
    return json.dumps({"%TYPES": types, "%FEATURE_STRUCTURES": sofas + found, "%VIEWS": views})


VARIANTS = {
    "a chat completion": (
        "llm",
        "a.json",
        lines({"id": "c", "model": "m", "choices": [{"message": {"content": WORDS}}]}),
    ),
    "a chat completion with a call": (
        "llm",
        "a.json",
        lines({"id": "c", "model": "m", "choices": [{"message": {"tool_calls": [CALL]}}]}),
    ),
    "label": ("doccano", "a.jsonl", lines({"id": 1, "text": "Ana left", "label": [[0, 3, "p"]]})),
    "labels": (
        "doccano",
        "a.jsonl",
        lines({"id": 1, "text": "Ana left", "meta": {"x": 1}, "labels": [[0, 3, "p"]]}),
    ),
    "data": ("doccano", "a.jsonl", lines({"id": 1, "data": "Ana left", "label": [[0, 3, "p"]]})),
    "comments": (
        "doccano",
        "a.jsonl",
        lines({"id": 1, "text": "Ana left", "label": [[0, 3, "p"]], "Comments": ["x"]}),
    ),
    "an array": (
        "doccano",
        "a.json",
        json.dumps([{"id": 1, "text": "Ana left", "label": [[0, 3, "p"]]}]),
    ),
    "ner_manual": ("prodigy", "a.jsonl", lines(TASK | {"_view_id": "ner_manual"})),
    "relations": (
        "prodigy",
        "a.jsonl",
        lines(TASK | {"_view_id": "relations", "relations": [RELATION]}),
    ),
    "a task without spans first": (
        "prodigy",
        "a.jsonl",
        lines({"text": "x", "answer": "reject"}, TASK),
    ),
    "JSON-MIN": (
        "label-studio",
        "a.json",
        json.dumps([{"id": 1, "text": "Ana left", "label": [REGION], **ANNOTATED}]),
    ),
    "a pipeline": (
        "huggingface",
        "a.json",
        json.dumps([{"entity_group": "p", "score": 0.5, "word": "Ana", "start": 0, "end": 3}]),
    ),
    "tokens": (
        "huggingface",
        "a.jsonl",
        lines({"id": "1", "tokens": ["Ana", "left"], "ner_tags": ["B-p", "O"]}),
    ),
    "words and text": (
        "huggingface",
        "a.jsonl",
        lines({"text": "Ana left", "words": ["Ana", "left"], "ner": ["B-p", "O"]}),
    ),
    "XML": ("gate", "a.xml", GATE_XML),
    "WebAnno TSV 3.1": ("webanno", "a.tsv", TSV.format("3.1", "")),
    "WebAnno TSV 3.2": ("webanno", "a.tsv", TSV.format("3.2", "")),
    "WebAnno TSV 3.3": ("webanno", "a.tsv", TSV.format("3.3", "#Sentence.id=s1\n")),
    "two views": ("cas-json", "a.json", cas_of_two("Ana left", "Bo went")),
    "a text in the second view": ("cas-json", "a.json", cas_of_two(None, "Ana left")),
    "IOB1": ("conll", "a.conll", "-DOCSTART- -X- O O\n\nAna NNP B-NP I-p\nleft VBD O O\n"),
    "BIOES": ("conll", "a.conll", "Ana\tS-p\nleft\tO\n"),
    "semicolons": ("table", "a.csv", "\ufeffdocument;label;start;end\r\nd;p;0;3\r\n"),
    "tabs": ("table", "a.tsv", "document\tlabel\ttext\tx\nd\tp\tAna\t[1, 2]\n"),
    "no text beside it": ("brat", "a.ann", "T1\tp 0 3\tAna\n"),
    "pretty": ("native", "a.json", json.dumps(json.loads(NATIVE), indent=2)),
}
"""Other files of the same tools: format, name of the file, content; in each, Ana is a `p`."""

DOCUMENT = Document("d", text="Ana left", mentions=(Mention("m", "person", 0, 3),))
"""What the files hold that our own writers make."""


def save(name, folder):
    """Write the valid files of a format, and say the first one's path."""
    needs_extra(name)
    for file, content in VALID[name].items():
        if content is None:
            find_writer(name)([DOCUMENT], folder / file)
        else:
            (folder / file).write_bytes(content.encode())
    return folder / next(iter(VALID[name]))
