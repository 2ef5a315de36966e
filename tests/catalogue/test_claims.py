"""What may be said about benefit: every claim has a source, and over-claims are never shown."""

import re

import pytest

from supple.catalogue import Claim, ClaimStatus, Grade, load_claims

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
