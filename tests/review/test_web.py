"""The page of review and the addresses that change something, through Starlette's client; hostile requests too."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from html import unescape

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient
from tests.review.conftest import SECRET

from rashomon.cli import cli
from rashomon.gathering import gather
from rashomon.ledger import Ledger
from rashomon.model.reading import Reading
from rashomon.web import app
from rashomon.web.accounts import Accounts, Refused, Role
from rashomon.web.security import LOGINS, Limit, Policy

TEXT = "A drone hit the depot at Marno, killing 12 workers, the Northern Army said. Officials in Velm disagreed."
AT = TEXT.index("12")
FIGURE = {"document": "wire-1", "part": "figure", "span": [AT, AT + 2], "verdict": "correct"}
TO_21 = FIGURE | {"after": {"low": 21, "high": 21}, "reason": "table"}


@pytest.fixture
def alone(book: Ledger) -> Iterator[TestClient]:
    with TestClient(app(book, place="book.db"), base_url="http://localhost") as client:
        yield client


@pytest.fixture
def shared(book: Ledger, accounts: Accounts) -> TestClient:
    policy = Policy(accounts, proxy="X-Person")
    return TestClient(app(book, place="book.db", host="0.0.0.0", policy=policy), base_url="https://news.example",
                      follow_redirects=False)  # fmt: skip


def entered(client: TestClient, name: str) -> TestClient:
    client.cookies.clear()
    answer = client.post("/login", data={"person": name, "password": SECRET})
    assert (answer.status_code, answer.headers["location"]) == (303, "/review")
    assert all(flag in answer.headers["set-cookie"].lower() for flag in ("httponly", "samesite=strict", "secure"))
    return client


def signature(client: TestClient) -> str:
    found = re.search(r'name="form" value="([0-9a-f]{64})"', client.get("/review").text)
    assert found is not None
    return found.group(1)


def killed(client: TestClient) -> list[tuple[object, object, object]]:
    (incident,) = client.get("/incidents.json").json()["incidents"]
    compared = client.get(f"/incident/{incident['id']}.json").json()["comparisons"]
    answers = [answer for asked in compared if asked["question"] == "killed" for answer in asked["answers"]]
    return [(one["low"], told.get("reviewer"), told.get("verdict")) for one in answers for told in one["claims"]]


def test_a_case_is_decided_by_a_form_without_a_script_and_taken_back(alone: TestClient) -> None:
    page = alone.get("/review").text
    assert "which place" in page.lower()
    form = {"form": signature(alone), "document": "wire-1", "part": "figure", "span": f"{AT}-{AT + 2}", "low": "21",
            "high": "21", "verdict": "correct", "reason": "table", "back": "/review?skip=1"}  # fmt: skip
    answer = alone.post("/judgements", data=form, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/review?skip=1")
    ((low, who, verdict),) = killed(alone)
    assert (low, verdict) == (21, "correct")
    assert f"reviewer <bdi>{who}</bdi>" in alone.get("/review").text
    assert alone.post("/judgements/1/undo", data={"form": signature(alone)}).status_code == 200
    assert killed(alone) == [(12, None, None)]
    assert "taken back" in alone.get("/review").text


def test_a_list_by_json_and_its_undoing(alone: TestClient) -> None:
    dry = alone.post("/judgements?dry_run=1", json=TO_21)
    assert (dry.status_code, dry.json()["judgements"][0]["before"]["low"]) == (200, 12)
    assert alone.get("/review.json").json()["judgements"] == []
    made = alone.post("/judgements", json=[TO_21, FIGURE | {"verdict": "unsure"}])
    assert [one["id"] for one in made.json()["judgements"]] == [1, 2]
    assert alone.delete("/judgements/1?reason=misread").json()["judgements"][0]["replaces"] == 1
    assert alone.delete("/judgements/3").status_code == 200
    assert killed(alone)[0][0] == 21
    assert alone.delete("/judgements/3").status_code == 400
    assert alone.delete("/judgements/99").json()["status"] == 404


def test_a_missed_account_is_added_by_its_words(alone: TestClient) -> None:
    page = "/document/wire-1"
    form = {"form": signature(alone), "document": "wire-1", "part": "claim", "verdict": "add", "back": page,
            "quote": "Officials in Velm disagreed", "name": "Velm officials"}  # fmt: skip
    shown = alone.post("/judgements", data=form).text
    assert "added, is this an account: “Officials in Velm disagreed” → Velm officials" in shown
    assert alone.post("/judgements", data=form | {"quote": "e"}).status_code == 400
    assert alone.post("/judgements", data=form | {"quote": "nowhere to be found"}).status_code == 400


def test_words_that_the_machine_is_sure_of_can_be_asked_about(alone: TestClient) -> None:
    where = f"/review?document=wire-1&part=figure&c={AT}-{AT + 2}"
    page = alone.get(where).text
    assert "How many?" in page
    assert "% sure" not in page
    form = {name: unescape(value) for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page)}
    answer = alone.post("/judgements", data=form | {"verdict": "correct", "low": "3"}, follow_redirects=False)
    assert answer.headers["location"] == f"/document/wire-1?c={AT}-{AT + 2}#c={AT}-{AT + 2}"
    assert killed(alone)[0][0] == 3
    (incident,) = alone.get("/incidents.json").json()["incidents"]
    assert re.findall(
        r'href="(/review\?document=[^"]*part=figure[^"]*)"', alone.get(f"/incident/{incident['id']}").text
    )
    assert alone.get("/document/wire-1").text.count(">decide<") == 1


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("document=wire-1&part=figure&c=5-99999", 400),
        ("document=wire-1&part=soul&c=5-9", 400),
        ("document=wire-1", 400),
        ("document=nowhere&c=1-2", 404),
        ("one=wire-1%23i1&other=wire-1%23i1", 400),
        ("one=wire-1%23i1", 404),
        ("of=this", 400),
    ],
)
def test_what_cannot_be_asked_about(alone: TestClient, query: str, status: int) -> None:
    assert alone.get(f"/review?{query}").status_code == status


def test_two_incidents_are_compared_and_made_one(alone: TestClient, book: Ledger, read: Callable[..., Reading]) -> None:
    text = "Gunmen hit the depot at Dalvo, killing 4 workers, the Northern Army said. Nobody else spoke."
    told = {"claimed": None, "figure": "4", "number": 4, "place": "Dalvo", "published": date(2031, 2, 2)}
    book.record([read(text, "wire-2", **told)])
    gather(book)
    one, other = (row["id"] for row in alone.get("/incidents.json").json()["incidents"])
    page = alone.get(f"/review?one={one}&other={other}").text
    assert "Same incident?" in page
    assert "0 documents of both" in page
    form = {name: unescape(value) for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page)}
    assert alone.post("/judgements", data=form | {"verdict": "same_incident"}).url.path.startswith("/incident/")
    assert len(alone.get("/incidents.json").json()["incidents"]) == 1
    assert "in one incident now" in alone.get(f"/review?one={one}&other={other}").text


def test_two_names_are_said_to_be_one_by_a_form_on_their_page(alone: TestClient) -> None:
    page = alone.get("/voice/Northern%20Army").text
    form = {name: unescape(value) for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page)}
    answer = alone.post("/judgements", data=form | {"other": "Army of the North", "verdict": "same_actor"})
    assert answer.status_code == 200
    (made,) = alone.get("/review.json").json()["judgements"]
    assert (made["verdict"], made["subjects"]) == ("same_actor", ["Northern Army", "Army of the North"])


def test_a_decision_of_the_browser_is_in_what_commands_print(alone: TestClient, book: Ledger) -> None:
    form = {"form": signature(alone), "document": "wire-1", "part": "figure", "span": f"{AT}-{AT + 2}", "low": "21",
            "high": "21", "verdict": "correct"}  # fmt: skip
    assert alone.post("/judgements", data=form).status_code == 200
    (incident,) = alone.get("/incidents.json").json()["incidents"]
    for command in (["export", "json"], ["show", incident["id"], "--json"]):
        done = CliRunner().invoke(cli, [*command, "--ledger", book.place])
        assert done.exit_code == 0, done.output
        compared = json.loads(done.stdout)["comparisons"]
        (told,) = (one for asked in compared if asked["question"] == "killed" for one in asked["answers"])
        assert (told["low"], told["claims"][0]["verdict"]) == (21, "correct")
        assert told["claims"][0]["reviewer"]


@pytest.mark.parametrize(
    "bad",
    [
        "{", "[]", "null", '"x"', {"verdict": "adore"}, {"verdict": "undo", "subjects": ["1", "2"]},
        FIGURE | {"document": ""}, FIGURE | {"span": [5]}, FIGURE | {"span": [0, 10**9]}, FIGURE | {"part": "soul"},
        FIGURE | {"after": {"low": "many"}}, {"verdict": "same_incident", "subjects": ["wire-1#i1"]},
        {"verdict": "same_incident", "subjects": ["wire-1#i1", "wire-1#i1"]}, TO_21 | {"reason": "x" * 5000},
        [TO_21, FIGURE | {"document": ""}],
    ],
)  # fmt: skip
def test_nonsense_is_refused_in_one_shape_and_nothing_is_written(alone: TestClient, bad: object) -> None:
    kept = {"content-type": "application/json"}
    sent = {"content": bad} if isinstance(bad, str) else {"json": bad}
    answer = alone.post("/judgements", headers=kept, **sent)
    assert (answer.status_code, answer.json()["schema"]) == (400, "rashomon/error/1")
    assert alone.get("/review.json").json()["judgements"] == []


def test_words_from_outside_stay_words(alone: TestClient) -> None:
    evil = '"><script>alert(1)</script>'
    name = FIGURE | {"part": "speaker", "span": [0, 20], "after": {"name": evil}, "reason": evil}
    assert alone.post("/judgements", json=name).status_code == 201
    page = alone.get("/review").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("where", ["//evil.example", "https://evil.example", "/\\evil.example", "/a\r\nSet-Cookie: x"])
def test_a_form_leads_back_to_pages_of_ours_only(alone: TestClient, where: str) -> None:
    form = {"form": signature(alone), "document": "wire-1", "part": "figure", "span": f"{AT}-{AT + 2}",
            "verdict": "accept", "back": where}  # fmt: skip
    assert alone.post("/judgements", data=form, follow_redirects=False).headers["location"] == "/review"


@pytest.mark.parametrize(
    ("headers", "sent"),
    [
        ({"origin": "https://evil.example"}, {"json": TO_21}),
        ({"origin": "http://["}, {"json": TO_21}),
        ({"sec-fetch-site": "cross-site"}, {"json": TO_21}),
        ({"origin": "null"}, {"data": {"verdict": "accept"}}),
        ({}, {"data": {"document": "wire-1", "part": "figure", "span": "40-42", "verdict": "accept"}}),
        (
            {},
            {"data": {"form": "0" * 64, "document": "wire-1", "part": "figure", "span": "40-42", "verdict": "accept"}},
        ),
        ({"content-type": "text/plain"}, {"content": '{"verdict": "accept"}'}),
    ],
)
def test_what_another_site_sends_is_refused(
    alone: TestClient, headers: dict[str, str], sent: dict[str, object]
) -> None:
    assert alone.post("/judgements", headers=headers, **sent).status_code == 403  # type: ignore[arg-type]
    assert alone.get("/review.json").json()["judgements"] == []


def test_a_browser_that_says_the_form_is_ours_is_believed(alone: TestClient) -> None:
    form = {"form": signature(alone), "document": "wire-1", "part": "figure", "span": f"{AT}-{AT + 2}"}
    said = {"sec-fetch-site": "same-origin", "origin": "null"}
    assert alone.post("/judgements", data=form | {"verdict": "accept"}, headers=said).status_code == 200
    # A page that told nobody where it is would have its own forms refused by browsers that say no more than that.
    assert alone.get("/review").headers["referrer-policy"] == "same-origin"


def test_another_name_for_this_machine_is_refused(book: Ledger) -> None:
    client = TestClient(app(book, place="book.db"), base_url="http://evil.example")
    assert client.post("/judgements", json=TO_21).status_code == 400


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("reader", [200, 403, 403, 403, 403]),
        ("coder", [200, 201, 403, 403, 403]),
        ("editor", [200, 201, 201, 200, 403]),
        ("admin", [200, 201, 201, 200, 200]),
    ],
)
def test_roles(shared: TestClient, name: str, wanted: list[int]) -> None:
    """To read, to decide, to settle, to take back what somebody else decided, to administer."""
    assert entered(shared, "second").post("/judgements", json=TO_21).status_code == 201
    entered(shared, name)
    answers = (
        shared.get("/incidents"),
        shared.post("/judgements", json=FIGURE | {"verdict": "accept"}),
        shared.post("/judgements", json=FIGURE | {"verdict": "accept", "settles": True}),
        shared.delete("/judgements/1"),
        shared.get("/admin"),
    )
    assert [answer.status_code for answer in answers] == wanted


def test_without_a_login_there_is_nothing(shared: TestClient) -> None:
    assert shared.get("/incidents").headers["location"] == "/login"
    assert shared.get("/incidents.json").status_code == 401
    assert shared.post("/judgements", json=TO_21).status_code == 401
    assert shared.get("/login").status_code == 200
    assert shared.post("/login", data={"person": "admin", "password": "wrong wrong wrong"}).status_code == 401
    shared.cookies.set("rashomon", "made up")
    assert shared.get("/incidents").headers["location"] == "/login"
    entered(shared, "coder")
    assert shared.post("/logout", data={"form": signature(shared)}).headers["location"] == "/login"
    assert shared.get("/incidents").headers["location"] == "/login"


def test_programs_have_tokens_and_proxies_name_people(shared: TestClient, accounts: Accounts) -> None:
    token = accounts.token("coder", "script")
    bearer = {"authorization": f"Bearer {token}"}
    assert shared.post("/judgements", json=TO_21, headers=bearer).json()["judgements"][0]["by"] == "coder"
    assert shared.get("/incidents.json", headers={"authorization": "Bearer rash_guess"}).status_code == 401
    assert shared.get("/incidents.json", headers={"x-person": "reader"}).status_code == 200
    assert shared.get("/incidents.json", headers={"x-person": "stranger"}).status_code == 401
    accounts.remove("coder")
    assert shared.get("/incidents.json", headers=bearer).status_code == 401


def test_two_reviewers_disagree_and_an_editor_settles(shared: TestClient) -> None:
    entered(shared, "coder").post("/judgements", json=TO_21)
    entered(shared, "second").post("/judgements", json=FIGURE | {"verdict": "accept"})
    assert killed(shared)[0][0] == 12
    assert "Reviewers disagree" in entered(shared, "editor").get("/review").text
    form = {"form": signature(shared), "document": "wire-1", "part": "figure", "span": f"{AT}-{AT + 2}",
            "verdict": "correct", "low": "21", "high": "21", "settles": "1"}  # fmt: skip
    assert shared.post("/judgements", data=form).status_code == 303
    assert killed(shared) == [(21, "editor", "correct")]
    assert shared.get("/review.json").json()["disputed"] == []


def test_accounts_are_made_by_admins_and_the_trail_says_so(shared: TestClient, book: Ledger) -> None:
    entered(shared, "admin")
    form = {"form": signature(shared), "act": "add", "person": "new", "password": SECRET, "role": "editor"}
    assert "<bdi>new</bdi>" in shared.post("/admin", data=form).text
    assert [(one.by, one.what) for one in book.trail()] == [("admin", "account")]
    assert SECRET not in next(book.trail()).body
    assert shared.post("/admin", data=form | {"password": "short"}).status_code == 400
    assert shared.post("/admin", data=form | {"form": "x"}).status_code == 403
    token = re.search(r"rash_[\w-]{43}", shared.post("/admin", data=form | {"act": "token", "label": "cron"}).text)
    assert token is not None
    entered(shared, "coder")
    assert shared.get("/admin", headers={"authorization": f"Bearer {token.group()}"}).status_code == 403


def test_logins_and_decisions_are_paced(book: Ledger, accounts: Accounts) -> None:
    policy = Policy(accounts, decisions=Limit(3), pages=Limit(40))
    shared = TestClient(app(book, place="b", host="0.0.0.0", policy=policy), base_url="https://news.example")
    entered(TestClient(shared.app, base_url="https://news.example", follow_redirects=False), "coder")
    wrong = [shared.post("/login", data={"person": "coder", "password": "x" * 12}).status_code for _ in range(LOGINS)]
    assert (wrong[0], wrong[-1]) == (401, 429)
    bearer = {"authorization": f"Bearer {accounts.token('coder', 'script')}"}
    sent = [shared.post("/judgements?dry_run=1", json=TO_21, headers=bearer).status_code for _ in range(4)]
    assert sent == [200, 200, 200, 429]
    asked = [shared.get("/version.json").status_code for _ in range(40)]
    assert (asked[0], asked[-1]) == (200, 429)


def test_a_limit_fills_up_again() -> None:
    now = [0.0]
    limit = Limit(2, 60, clock=lambda: now[0])
    assert [limit.take("a"), limit.take("a"), limit.take("a"), limit.take("b")] == [True, True, False, True]
    now[0] = 31.0
    assert [limit.take("a"), limit.take("a")] == [True, False]


@pytest.mark.parametrize(("name", "password"), [("", SECRET), ("a" * 201, SECRET), ("a\x07", SECRET), ("ana", "short")])
def test_accounts_that_cannot_be(accounts: Accounts, name: str, password: str) -> None:
    with pytest.raises(Refused):
        accounts.add(name, password, Role.CODER)


def test_the_file_of_accounts_holds_no_secret(accounts: Accounts) -> None:
    session, token = accounts.enter("coder", SECRET, 0.0), accounts.token("coder", "x")
    kept = accounts.path.read_bytes()
    assert session is not None
    assert not any(secret.encode() in kept for secret in (SECRET, session, token))
    assert b"$argon2id$" in kept
    assert accounts.path.stat().st_mode & 0o077 == 0
    assert accounts.of_session(session, 10.0) is not None
    assert accounts.of_session(session, 10.0**6) is None


def test_the_public_reads_less(book: Ledger, accounts: Accounts) -> None:
    policy = Policy(accounts, anyone=True, coarse_km=25.0, delay_hours=24.0)
    client = TestClient(app(book, place="b", host="0.0.0.0", policy=policy), base_url="https://news.example")
    bearer = {"authorization": f"Bearer {accounts.token('coder', 'x')}"}
    place: dict[str, object] = {
        "document": "wire-1",
        "part": "place",
        "span": [TEXT.index("Marno"), TEXT.index("Marno") + 5],
    }
    place |= {"verdict": "correct", "after": {"name": "Marno", "lat": 48.5123, "lon": 37.9456}}
    assert client.post("/judgements", json=place, headers=bearer).status_code == 201
    assert client.post("/judgements", json=place).status_code == 403
    whole = client.get("/document/wire-1.json", headers=bearer).json()
    assert "48.5123" not in client.get("/incidents.json").text
    assert "48.5123" in client.get("/incidents.json", headers=bearer).text
    assert "coder" not in client.get("/review.json").text
    assert "no closer than 25 km and what was published in the last 24 hours is withheld" in client.get("/").text
    assert "is withheld" not in client.get("/", headers=bearer).text
    assert whole["document"]["id"] == "wire-1"
    assert client.get("/admin").status_code == 403
