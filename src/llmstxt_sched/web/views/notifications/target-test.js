// A test of a target, and its answer at once; where the test does what an event does, it is asked for.

import { post } from "../../api.js";
import { h } from "../../dom.js";
import { confirmed } from "../../parts/confirm.js";
import { openDialog } from "../../parts/dialog.js";

const PUBLISHES = "The repository gets the documents as they are now, by a commit or a request.";
const EFFECTS = {
  heartbeat: "The watchdog takes it for a run that succeeded.",
  deploy_hook: "It starts a deployment.",
  github: PUBLISHES,
  gitlab: PUBLISHES,
};

export async function testTarget(target) {
  const sentence = EFFECTS[target.kind];
  if (sentence && !await confirmed({ title: `Test “${target.name}”?`, sentence, action: "Test", isDanger: false })) return;
  const { status_code: code, milliseconds, body, error } = await post(`/api/targets/${target.id}/test`);
  const opened = openDialog({
    title: error ? "The test failed" : "The test was taken",
    hint: target.name,
    body: h("div", { class: "dialog-body stack" },
      h("dl", { class: "facts" },
        h("dt", {}, "Answer"), h("dd", {}, code ?? "none"),
        h("dt", {}, "Took"), h("dd", {}, `${milliseconds} ms`),
        error && [h("dt", {}, "Error"), h("dd", { class: "danger-text" }, error)]),
      body && h("pre", { class: "code", tabindex: "0", role: "region", "aria-label": "Body of the answer" }, body),
      h("div", { class: "dialog-foot" }, h("button", { class: "button primary", type: "button", autofocus: true, on: { click: () => opened.close() } }, "Done"))),
  });
}
