// The dialog that makes a token, and the one that shows it.

import { post } from "../../api.js";
import { h } from "../../dom.js";
import { dayOf, EXPIRIES, expiresAt } from "../../expiry.js";
import { requestKeys } from "../../keys.js";
import { choices } from "../../parts/choices.js";
import { copyButton } from "../../parts/copy-field.js";
import { openDialog } from "../../parts/dialog.js";
import { field, formError, onSubmit } from "../../parts/form.js";
import { showSecretOnce } from "../../parts/secret-once.js";
import { scopesUpTo } from "../../roles.js";

// `role` limits the scope; `onCreated` is told when the list is another.
export function openTokenDialog(role, onCreated) {
  const keyOf = requestKeys();
  // What is sent again after a lost answer must be the same, to the second.
  const now = Date.now();
  const expiry = h("select", { name: "expiry" }, EXPIRIES.map(([value, word]) => h("option", { value }, word)));
  const date = h("input", { type: "date", name: "expires_at", min: dayOf(now) });
  const dateField = field("Last day", date);
  dateField.hidden = true;
  expiry.addEventListener("change", () => {
    dateField.hidden = expiry.value !== "date";
    date.required = !dateField.hidden;
  });
  const form = onSubmit(h("form", { class: "dialog-body" },
    formError(),
    field("Name", h("input", { type: "text", name: "name", required: true, maxlength: 200, autocomplete: "off", autofocus: true }), { hint: "What uses it, such as “deploy script”." }),
    choices("Scope", "scope", scopesUpTo(role), "read"),
    h("div", { class: "fields" }, field("Expires", expiry), dateField),
    h("div", { class: "dialog-foot" },
      h("button", { class: "button", type: "button", on: { click: () => opened.close() } }, "Cancel"),
      h("button", { class: "button primary", type: "submit" }, "Create token"))),
  async (data) => {
    const body = { name: data.get("name"), scope: data.get("scope"), expires_at: expiresAt(expiry.value, date.value, now) };
    const made = await post("/api/tokens", body, { key: keyOf(body) });
    opened.close({ isDone: true });
    show(made);
    onCreated();
  });
  const opened = openDialog({ title: "New API token", body: form, unsaved: "The token is not created yet." });
}

function show({ name, token }) {
  const example = `curl -H "Authorization: Bearer ${token}" \\\n  ${location.origin}/api/projects`;
  showSecretOnce({
    title: `Token “${name}”`, label: "token", secret: token,
    sentence: "Copy it now: it is shown this once, and only its hash is kept.",
    more: h("div", { class: "example" },
      h("div", { class: "example-head" }, h("h3", {}, "Try it"), copyButton(example, "Copy the example")),
      h("pre", { class: "code", tabindex: "0", role: "region", "aria-label": "Example" }, example)),
  });
}
