// What to do with a version that waits for a decision.

import { actionButton } from "./busy.js";
import { confirmed } from "./confirm.js";
import { toast } from "./toast.js";

const REJECT = {
  title: "Reject the held version?", action: "Reject",
  sentence: "It is thrown away, and the version before it stays published. This cannot be taken back.",
};

export function decisionButtons(runId, { decide }) {
  const button = (word, act) => actionButton(word, act, { kind: "small" });
  return [
    button("Accept", async () => {
      await decide(runId, "accept", () => toast("The held version is published."));
    }),
    button("Reject", async () => {
      if (!(await confirmed(REJECT))) return;
      await decide(runId, "reject", () => toast("The held version is thrown away."));
    }),
  ];
}
