// The dialogs about a target: making one, changing one, its secret, and the question before it goes.

import { patch, post } from "../../api.js";
import { h, replace } from "../../dom.js";
import { requestKeys } from "../../keys.js";
import { confirmed } from "../../parts/confirm.js";
import { openDialog } from "../../parts/dialog.js";
import { field, formError, onSubmit } from "../../parts/form.js";
import { showSecretOnce } from "../../parts/secret-once.js";
import { toast } from "../../parts/toast.js";
import { kindOf, kindsFor } from "../../target-kinds.js";
import { targetFields } from "./target-form.js";

export { confirmed };

// `onDone` is told when the list is another.
export function openNewTarget(projectId, sendsMail, onDone) {
  const keyOf = requestKeys();
  const kinds = kindsFor(projectId);
  const choice = h("select", { name: "kind", autofocus: true }, kinds.map((kind) => kindOption(kind, sendsMail)));
  const how = field("How", choice, { hint: " " });
  const place = h("div", {});
  let fields;
  let kind;
  const nameField = () => place.querySelector('[name="name"]');
  const draw = () => {
    const typed = nameField()?.value;
    const isOwn = typed && typed !== kind.word;
    kind = kindOf(choice.value);
    fields = targetFields(kind, null);
    how.querySelector(".hint").textContent = kind.sentence;
    replace(place, fields.node);
    if (isOwn) nameField().value = typed;
  };
  choice.addEventListener("change", draw);
  draw();
  const opened = openForm("Tell somebody", [how, place], "Add", "Nobody is told of it yet.", async (data) => {
    const body = { kind: choice.value, project_id: projectId, ...fields.value(data) };
    const made = await post("/api/targets", body, { key: keyOf(body) });
    opened.close({ isDone: true });
    if (made.secret) showSecret(made);
    else toast(kindOf(made.kind).isMail ? `A link was sent to ${made.address}.` : `“${made.name}” is told from now on.`);
    onDone();
  });
}

export function openTarget(target, onDone) {
  const fields = targetFields(kindOf(target.kind), target);
  const opened = openForm(`${kindOf(target.kind).word}: ${target.name}`, fields.node, "Save", "The changes are not saved yet.", async (data) => {
    await patch(`/api/targets/${target.id}`, fields.value(data));
    opened.close({ isDone: true });
    toast(`“${target.name}” is saved.`);
    onDone();
  });
}

export function showSecret({ name, secret }) {
  showSecretOnce({
    title: `Secret of “${name}”`, label: "secret", secret,
    sentence: "Copy it now, to where the webhooks arrive, so that it can verify them: it is shown this once.",
  });
}

function kindOption({ kind, word, isMail }, sendsMail) {
  return isMail && !sendsMail
    ? h("option", { value: kind, disabled: true }, `${word}: needs a mail server, LLMSTXT_SMTP__HOST`)
    : h("option", { value: kind }, word);
}

function openForm(title, content, action, unsaved, act) {
  const form = onSubmit(h("form", { class: "dialog-body" }, formError(), content,
    h("div", { class: "dialog-foot" },
      h("button", { class: "button", type: "button", on: { click: () => opened.close() } }, "Cancel"),
      h("button", { class: "button primary", type: "submit" }, action))), act);
  const opened = openDialog({ title, body: form, unsaved });
  return opened;
}
