"""Of a drawing only what a person wrote is words, and each word stays in its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.finding.mermaid import statements


def read(source: str) -> list[str]:
    """The words of each statement, their blanks closed up."""
    return [" ".join(span.text.replace(" ,", ",").split()) for span in statements(source)]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("A[Retriever] -->|top 20| B[Reranker]", ["Retriever, top 20, Reranker"]),
        ("flowchart TD\n  A(Cache)\n  B[(Vector store)]", ["Cache", "Vector store)"]),
        ('A["Index (BM25)"] -- if found --> B', ["Index (BM25), if found"]),
        ('A@{ shape: cyl, label: "Golden set" } --> Q1', ["Golden set"]),
        ("graph LR; desk-->ledger; A-->B", ["desk, ledger"]),
        ("subgraph one [Offline path]\n  E[Scan]\nend", ["Offline path", "Scan"]),
        ("A[first<br/>second]:::hot", ["first second"]),
        ("A[x; y]", ["x; y"]),
    ],
)
def test_labels_of_nodes_edges_and_groups_are_words(source: str, words: list[str]) -> None:
    assert read(source) == words


def test_what_actors_tell_one_another_and_notes_are_words() -> None:
    source = (
        "sequenceDiagram\n participant U as Claims staff\n U->>Retriever: search top 50\n"
        " Note over U: within 2 s\n alt not found\n end"
    )
    assert read(source) == ["Claims staff", "Retriever, search top 50", "within 2 s", "not found"]


def test_text_of_other_drawings_is_read_as_it_stands() -> None:
    assert read("mindmap\n root((Evals))\n  no fine-tuning") == ["Evals", "no fine-tuning"]


@pytest.mark.parametrize(
    "source",
    [
        "flowchart LR",
        "%% golden set refreshed monthly",
        "%%{init: {'theme': 'golden set',\n 'x': 'refreshed monthly'}}%%",
        "---\ntitle: golden set\n---\n",
        'click A "https://golden.example" "golden set"',
        "classDef golden fill:#f00",
        "style golden fill:red",
        "linkStyle 0 stroke:golden",
        "accTitle: golden set",
        "accDescr { golden set\n refreshed }",
        "A --> B",
        "",
    ],
)
def test_settings_comments_clicks_and_bare_ids_are_no_words(source: str) -> None:
    assert statements(source) == ()


def test_the_name_of_a_node_that_has_a_label_is_no_word_elsewhere() -> None:
    assert read("retriever[Hybrid search]\nretriever --> reranker") == ["Hybrid search", "reranker"]


@given(st.text(alphabet="[](){}|<>-=.;:\"%\n \r\t@#&abAs x\u2028é/\\~+*'", max_size=120) | st.text(max_size=80))
def test_every_statement_stands_in_the_source_with_only_blanks_and_commas_for_what_draws(source: str) -> None:
    for span in statements(source):
        written = source[span.start : span.end]
        assert written == written.strip()
        assert len(written) == len(span.text)
        assert all(read in {here, " ", ","} for read, here in zip(span.text, written, strict=True))


def test_a_drawing_of_nothing_but_openings_is_read_in_time() -> None:
    for piece in ("[", "@{", "<b ", "-- ", "%%{\n", "A@{ shape: x, "):
        assert len(statements(piece * (100_000 // len(piece)))) <= 1
