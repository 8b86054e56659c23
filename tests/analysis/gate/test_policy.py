"""What a policy file may say, and how its faults are told."""

import pytest

from toolkit.analysis.gate.policy import TEMPLATE, Pin, Policy, load_policy
from toolkit.errors import DataError


@pytest.fixture
def load(tmp_path):
    def load(text):
        file = tmp_path / "gate.yaml"
        file.write_text(text)
        return load_policy(file)

    return load


def test_the_template_asks_for_what_an_empty_policy_does(load):
    assert load(TEMPLATE) == Policy()
    assert load("view: strict\n") == Policy()


def test_the_template_explains_every_key():
    for key in Policy._fields:
        assert f"\n{key}:" in TEMPLATE, key


def test_points_become_fractions_and_patterns_name_figures(load):
    policy = load(
        "tolerance: 3\ntolerances: {speaker.*: 5}\nnot_gated: [claim*]\n"
        "floors: {speaker: {recall: 60}}\npinned: [{document: d, mention: m, field: f}]\n"
    )
    assert policy.tolerance_of("speaker.kind") == pytest.approx(0.05)
    assert policy.tolerance_of("speaker") == pytest.approx(0.03)
    assert policy.judges("speaker")
    assert not policy.judges("claim.type")
    assert policy.floors == {"speaker": {"recall": pytest.approx(0.6)}}
    assert policy.pinned == (Pin("d", "m", "f"),)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("tolerence: 3", "gate.yaml:1: tolerence: unknown key (did you mean 'tolerance'"),
        ("view: strct", "view: cannot be 'strct' (did you mean 'strict'?)"),
        ("metrics: [f2]", "metrics.0: cannot be 'f2'"),
        ("metrics: []", "metrics: is empty"),
        ("tolerance: many", "tolerance: is a text, a number is needed"),
        ("tolerance: -1", "tolerance: is -1, a number from 0 to 100 is needed"),
        ("tolerance: .nan", "a number from 0 to 100 is needed"),
        ("floors: {speaker: {recall: 101}}", "is 101, a number from 0 to 100 is needed"),
        ("# nothing", "gate.yaml:1: the file is empty (`toolkit gate --init` prints one"),
        ("floors: {speaker: {recal: 60}}", "floors.speaker.recal: cannot be 'recal'"),
        ("pinned: [{mention: m}]", "pinned.0.document: is missing"),
        ("pinned: [{document: d, field: f}]", "pinned.0.field: has no mention"),
        ("gated: speaker", "gated: is a text, a list is needed"),
        ("- 1", "a mapping is needed"),
    ],
)
def test_a_fault_is_told_at_its_line(load, text, said):
    with pytest.raises(DataError) as error:
        load(text + "\n")
    assert said in str(error.value)


def test_all_faults_are_told_at_once(load):
    with pytest.raises(DataError) as error:
        load("view: x\nmetrics: [y]\ntolerance: z\n")
    assert [problem.where.rpartition(":")[2] for problem in error.value.problems] == ["1", "2", "3"]
