"""Mistakes that can be planted in the model, to show that its checker finds them."""

from __future__ import annotations

from enum import StrEnum


class Mutant(StrEnum):
    """One mistake."""

    FINISH_WITHOUT_THE_TOKEN = "finish without the token"
    CLAIM_WITHOUT_THE_STATE = "claim without looking at the state"
    CLAIM_WITHOUT_ROOM = "claim a run of a host of which as many are in progress as may be"
    CLAIM_A_SECOND_SUSPECT = "claim a suspect beside another"
    NO_RECONCILER = "no reconciler"
    CURSOR_IN_A_SECOND_TRANSACTION = "the cursor moved in a second transaction"
    CANCEL_LEAVES_THE_CURSOR = "a cancel that leaves the cursor behind"
    PATCH_LEAVES_THE_RUN = "a patch that leaves the run that it takes back"
    PATCH_FORGETS_THE_LEDGER = "a patch without its rows of the ledger"
