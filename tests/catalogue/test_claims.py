"""What may be said about benefit: every claim has a source, and over-claims are never shown."""

import re
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest

from supple.catalogue import Claim, ClaimStatus, Grade, load_claims
from supple.safety import screening
from supple.safety.screening import screen
from tests.safety.people import well

every_claim = pytest.mark.parametrize("claim", load_claims().values(), ids=lambda claim: claim.id)

OVER_CLAIMED = ["S7", "S24", "S31", "S32", "S35", "S42", "S43", "S74", "S75"]


@every_claim
def test_a_claim_names_its_source(claim: Claim) -> None:
    assert len(claim.source) > 5


@every_claim
def test_a_claim_without_evidence_is_never_shown_as_it_stands(claim: Claim) -> None:
    if claim.grade is Grade.NONE:
        assert claim.status is not ClaimStatus.SHOWN


@every_claim
def test_a_hidden_claim_has_no_sentence(claim: Claim) -> None:
    assert (claim.sentence is None) == (claim.status is ClaimStatus.HIDDEN)


@every_claim
def test_sentences_are_plain_and_calm(claim: Claim) -> None:
    sentence = claim.sentence or ""

    assert "!" not in sentence
    assert not re.search(r"\b(cure|prevents?|guarantee|proven|always|never)\b", sentence, re.IGNORECASE)
    assert all(len(part.split()) <= 24 for part in re.split(r"[.:;]\s", sentence))


@pytest.mark.parametrize("seed", OVER_CLAIMED)
def test_over_claims_of_the_seeds_are_softened_or_hidden(seed: str) -> None:
    marked = [claim for claim in load_claims().values() if seed in claim.seed_refs]

    assert any(claim.status is not ClaimStatus.SHOWN for claim in marked)


BENEFIT = re.compile(
    r"\b(prevents?|looser|loosens?|relieves?|heals?|cures?|improves?|reduces?|strengthens?)\b", re.IGNORECASE
)


@pytest.mark.parametrize("name", ["messages", "words", "limits", "before_session", "aftercare"])
def test_no_sentence_about_benefit_stands_in_a_table_beside_the_claims(name: str) -> None:
    file = Path(str(files("supple.safety.tables"))) / f"{name}.toml"
    said = [line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith(("#", "source"))]

    assert [line for line in said if BENEFIT.search(line)] == []


def test_what_screening_says_of_benefit_is_the_sentence_of_its_claim(monkeypatch: pytest.MonkeyPatch) -> None:
    claims = load_claims()
    softer = replace(claims["looser_then_further"], status=ClaimStatus.SOFTENED, shown_as="It may take weeks.")
    monkeypatch.setattr(screening, "load_claims", lambda: {**claims, softer.id: softer})

    said = screen(well(nprs_rest=2)).say

    assert "It may take weeks." in said
    assert claims["looser_then_further"].text not in said
