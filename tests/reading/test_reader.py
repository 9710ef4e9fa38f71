"""The shipped weights on sentences of ours."""

from __future__ import annotations

from pathlib import Path

import onnxruntime
import pytest

from rashomon.demo import dispatches
from rashomon.errors import Unusable
from rashomon.model.document import Block, BlockKind, Document, DocumentId, Page
from rashomon.model.reading import Attribution, Parse
from rashomon.model.text import Span
from rashomon.reading import Reader, weights
from rashomon.sources import document, pages

PLAIN = "The defence ministry said two of its boats were sunk near Port Amra on Tuesday."


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load()


def parse(reader: Reader, text: str) -> Parse:
    (found,) = reader.read([Document(DocumentId("t"), text)])
    return found


def parts(text: str, found: Attribution) -> tuple[str, str, str]:
    def joined(spans: tuple[Span, ...]) -> str:
        return " … ".join(span.of(text) for span in spans)

    return joined(found.source), joined(found.cue), joined(found.content)


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        (PLAIN, "The defence ministry", "said", "two of its boats were sunk near Port Amra on Tuesday"),
        (
            "At least nine people died in the blast, according to the provincial governor.",
            "the provincial governor",
            "according to",
            "At least nine people died in the blast",
        ),
        (
            "“We hold the ridge,” Colonel Dario Petek told reporters.",
            "Colonel Dario Petek",
            "told",
            "“We hold the ridge,”",
        ),
        (
            "The rebels denied that any of their fighters had been captured.",
            "The rebels",
            "denied",
            "that any of their fighters had been captured",
        ),
    ],
)
def test_who_says_by_which_word_what(reader: Reader, text: str, source: str, cue: str, content: str) -> None:
    (found,) = parse(reader, text).attributions
    assert parts(text, found) == (source, cue, content)


def test_the_same_text_reads_the_same_alone_or_in_company(reader: Reader) -> None:
    alone = parse(reader, PLAIN).attributions
    company = [Document(DocumentId(str(n)), PLAIN if n == 3 else "Rain fell. " * n) for n in range(6)]
    together = list(reader.read(company, batch=4))
    assert [d.document.id for d in together] == [d.id for d in company]
    assert [(a.source, a.cue, a.content) for a in together[3].attributions] == [
        (a.source, a.cue, a.content) for a in alone
    ]


def test_missing_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match=r"encoder\.onnx, words\.onnx"):
        Reader.load(tmp_path)


@pytest.mark.parametrize(
    ("available", "taken"),
    [
        (["AzureExecutionProvider", "CPUExecutionProvider"], ["CPUExecutionProvider"]),
        (
            ["TensorrtExecutionProvider", "CUDAExecutionProvider", "CPUExecutionProvider"],
            ["CUDAExecutionProvider", "CPUExecutionProvider"],
        ),
    ],
)
def test_graphs_run_on_a_card_where_the_runtime_offers_one(available: list[str], taken: list[str]) -> None:
    assert weights.chosen(available) == taken


@pytest.mark.skipif(
    "CUDAExecutionProvider" not in onnxruntime.get_available_providers(),
    reason="a card is read on with onnxruntime-gpu: pip install 'rashomon[gpu]'",
)
def test_a_card_reads_what_the_processor_reads() -> None:
    one, other = (
        Reader(weights.load(weights.shipped(), available=available))
        for available in (["CPUExecutionProvider"], ["CUDAExecutionProvider", "CPUExecutionProvider"])
    )
    assert other.weights.encoder.get_providers()[0] == "CUDAExecutionProvider"
    with dispatches() as path:
        documents = [document(page) for page in pages([str(path)]) if isinstance(page, Page)]
    read = [[(a.source, a.cue, a.content) for p in r.read(documents) for a in p.attributions] for r in (one, other)]
    # Sums run in another order there, and int8 rounds; one claim in a hundred may have another edge.
    assert len(set(read[0]) ^ set(read[1])) <= len(read[0]) * 0.02


def test_nothing_said_is_an_empty_tuple(reader: Reader) -> None:
    assert parse(reader, "Rain fell on the hills.").attributions == ()
    assert parse(reader, "").attributions == ()


def test_a_caption_is_not_read(reader: Reader) -> None:
    caption = "A man said he saw it./Amra Press"
    text = f"{caption}\n{PLAIN}"
    blocks = (Block(BlockKind.CAPTION, 0, len(caption)), Block(BlockKind.PARAGRAPH, len(caption) + 1, len(text)))
    (found,) = reader.read([Document(DocumentId("t"), text, blocks=blocks)])
    assert [span.of(text) for a in found.attributions for span in a.source] == ["The defence ministry"]


def test_fused_words_are_read(reader: Reader) -> None:
    text = (
        "Gunmen attackedthe port with rockets on Sunday. The armysaidwas over quickly what others called a siege. "
        "The governor warnedthat more attacks were likely."
    )
    found = parse(reader, text).attributions
    assert [span.of(text) for span in found[-1].cue] == ["warned"]
    assert [span.of(text) for span in found[-1].content] == ["that more attacks were likely"]
