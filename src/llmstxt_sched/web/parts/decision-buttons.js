// What to do with a version that waits for a decision.

import { actionButton } from "./busy.js";

export function decisionButtons(runId, { decide }) {
  return [
    actionButton("Accept", () => decide(runId, "accept"), { kind: "small" }),
    actionButton("Reject", () => decide(runId, "reject"), { kind: "small" }),
  ];
}
