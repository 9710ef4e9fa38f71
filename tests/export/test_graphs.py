"""Claims and incidents in other people's graphs: schema.org, Web Annotation, FollowTheMoney."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from rashomon.export.names import urn

Export = Callable[[str], bytes]
Node = dict[str, Any]
PYLD, RDFLIB, FTM = (f"{name} is not installed: pip install '.[exports,ftm]'" for name in ("pyld", "rdflib", "ftm"))
OA, AS, RDF, DC = (
    "http://www.w3.org/ns/oa#",
    "http://www.w3.org/ns/activitystreams#",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://purl.org/dc/elements/1.1/",
)
# Those terms of http://www.w3.org/ns/anno.jsonld that an annotation of ours may use: no test needs a network.
CONTEXT = {
    "id": "@id", "type": "@type", "value": f"{RDF}value", "format": f"{DC}format", "name": "http://xmlns.com/foaf/0.1/name",
    **{name: f"{OA}{name}" for name in ("Annotation", "TextualBody", "TextQuoteSelector", "TextPositionSelector")},
    **{name: f"{OA}{name}" for name in ("exact", "prefix", "suffix", "start", "end", "describing", "tagging")},
    "AnnotationPage": f"{AS}OrderedCollectionPage", "Software": f"{AS}Application", "startIndex": f"{AS}startIndex",
    "items": {"@id": f"{AS}items", "@type": "@id", "@container": "@list"},
    "generator": {"@id": f"{AS}generator", "@type": "@id"},
    "motivation": {"@id": f"{OA}motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": f"{OA}hasPurpose", "@type": "@vocab"},
    **{name: {"@id": f"{OA}has{name.title()}", "@type": "@id"} for name in ("body", "target", "source", "selector")},
}  # fmt: skip


def graph(export: Export, form: str) -> list[Node]:
    nodes: list[Node] = json.loads(export(form))["@graph"]
    return nodes


def lines(export: Export, form: str) -> list[Node]:
    return [json.loads(line) for line in export(form).splitlines()]


def terms(node: object) -> Iterator[str]:
    """Every name that stands for a term, in a graph of any depth."""
    if isinstance(node, dict):
        yield from (name for name in node if not name.startswith("@"))
        yield from (node["@type"] for _ in range(1) if "@type" in node)
        for value in node.values():
            yield from terms(value)
    if isinstance(node, list):
        for value in node:
            yield from terms(value)


def test_a_denial_is_nobodys_claim_of_what_is_denied(export: Export) -> None:
    claims = {node["@id"]: node for node in graph(export, "jsonld") if node.get("@type") == "Claim"}
    said, denied = claims[urn("claim", "post-1", "c1")], claims[urn("claim", "post-1", "c2")]
    assert said["text"] == "at least seven villagers were killed in Kuratovo"
    assert said["author"] == {"@type": "GovernmentOrganization", "name": "Chadian Army"}
    assert denied["text"] == "Northern Front denied that it was behind it"
    assert denied["creativeWorkStatus"] == "deny"


def test_only_people_rate_claims(export: Export) -> None:
    body = export("claimreview")
    (dataset,) = json.loads(body)["@graph"]
    assert "a person has signed" in dataset["description"]
    assert b'"@type":"ClaimReview"' not in body + export("jsonld")
    assert b"reviewRating" not in body + export("jsonld")


def test_an_event_is_the_subject_of_its_claims(export: Export) -> None:
    strike = next(node for node in graph(export, "jsonld") if node.get("identifier") == "RA-1")
    assert [link["@id"] for link in strike["subjectOf"]] == [
        "urn:rashomon:claim:post-1:c1",
        "urn:rashomon:claim:post-1:c2",
        "urn:rashomon:claim:wire-1:c1",
    ]


@pytest.mark.parametrize("form", ["jsonld", "claimreview"])
def test_every_term_is_one_of_schema_org(export: Export, form: str) -> None:
    rdflib = pytest.importorskip("rdflib", reason=RDFLIB)
    assert "notATerm" not in rdflib.SDO
    assert [term for term in set(terms(graph(export, form))) if term not in rdflib.SDO] == []


def test_json_ld_expands_to_a_graph(export: Export) -> None:
    jsonld = pytest.importorskip("pyld.jsonld", reason=PYLD)
    nodes = jsonld.flatten(json.loads(export("jsonld")))
    claims = [node for node in nodes if node.get("@type") == ["https://schema.org/Claim"]]
    articles = {node["@id"] for node in nodes if node.get("@type") == ["https://schema.org/NewsArticle"]}
    assert len(claims) == 4
    assert {node["https://schema.org/firstAppearance"][0]["@id"] for node in claims} == articles


def test_an_annotation_quotes_its_document_and_says_where(export: Export) -> None:
    page = json.loads(export("annotations"))
    first = page["items"][0]
    (target,) = first["target"]
    quote, position = target["selector"]
    assert target["source"] == "https://post.example/drones"
    assert quote["exact"] == "at least seven villagers were killed in Kuratovo"
    assert quote["prefix"].endswith("The army said ")
    assert quote["suffix"].startswith(". Northern")
    assert position["end"] - position["start"] == len(quote["exact"])
    assert [body["value"] for body in first["body"]][:3] == [
        f"Chadian Army: {quote['exact']}",
        "act:say",
        "stance:affirm",
    ]
    assert page["items"][3]["target"][0]["source"] == "urn:rashomon:document:radio-1"


def test_annotations_are_in_the_terms_of_the_standard(export: Export) -> None:
    """Expanding drops what the context does not know: nothing may be lost on the way there and back."""
    jsonld = pytest.importorskip("pyld.jsonld", reason=PYLD)
    page = json.loads(export("annotations"))
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
    context = {"@context": CONTEXT}
    expanded = jsonld.expand(page | context)
    again = jsonld.compact(expanded, context)
    assert again.pop("@context") == CONTEXT
    del page["@context"]
    for item in page["items"]:
        (item["target"],) = item["target"]
    assert again == page


def test_ftm_entities_are_valid(export: Export) -> None:
    ftm = pytest.importorskip("followthemoney", reason=FTM)
    entities = lines(export, "ftm")
    ids = {entity["id"] for entity in entities}
    assert len(ids) == len(entities)
    for entity in entities:
        raw, clean = ftm.model.get_proxy(entity), ftm.model.get_proxy(entity, cleaned=False)
        raw.schema.validate(entity)
        assert raw.to_dict()["properties"] == clean.to_dict()["properties"] == entity["properties"]
        for prop, value in raw.itervalues():
            assert prop.type is not ftm.registry.entity or value in ids


def test_ftm_edges_join_who_took_part_to_what_happened(export: Export) -> None:
    entities = {entity["id"]: entity for entity in lines(export, "ftm")}
    links = [entity["properties"] for entity in entities.values() if entity["schema"] == "UnknownLink"]
    told = {
        (entities[link["subject"][0]]["properties"]["name"][0], link["role"][0], entities[link["object"][0]]["schema"])
        for link in links
    }
    assert ("Northern Front", "accused according to Chadian Army", "Event") in told
    strike, attack = (
        next(e["properties"] for e in entities.values() if e["properties"].get("recordId") == [name])
        for name in ("RA-1", "RA-3")
    )
    assert "organizer" not in strike
    assert [entities[name]["properties"]["name"] for name in attack["organizer"]] == [["gunmen"]]
    assert len(strike["proof"]) == 2


def test_contested_values_are_statements_of_those_who_give_them(export: Export) -> None:
    said = [
        (one["dataset"], one["prop"], one["value"], one["original_value"], one["origin"])
        for one in lines(export, "ftm-statements")
        if one["prop"] in ("summary", "startDate", "location")
    ]
    assert said[:5] == [
        ("northern-front", "summary", "perpetrator: denied: Northern Front", "that it was behind it", "post-1"),
        ("chadian-army", "summary", "killed: at least 7 (villager)", "at least seven villagers", "post-1"),
        ("kuratovo-hospital", "summary", "killed: 9 (body)", "nine bodies", "wire-1"),
        ("kuratovo-post", "startDate", "2025-06-01", "at least seven villagers", "post-1"),
        ("kuratovo-post", "location", "Kuratovo", "at least seven villagers", "post-1"),
    ]


def test_ftm_statements_are_valid(export: Export) -> None:
    ftm = pytest.importorskip("followthemoney", reason=FTM)
    statement = pytest.importorskip("followthemoney.statement", reason=FTM)
    for written in lines(export, "ftm-statements"):
        read = statement.Statement.from_dict(written)
        assert written["id"] == read.generate_key()
        prop = ftm.model.get(written["schema"]).get(written["prop"])
        assert prop.type is ftm.registry.entity or prop.type.clean(written["value"]) == written["value"]
