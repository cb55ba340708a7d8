// The dialog that invites somebody, and the one that shows the link.

import { post } from "../../api.js";
import { h } from "../../dom.js";
import { moment } from "../../format.js";
import { requestKeys } from "../../keys.js";
import { choices } from "../../parts/choices.js";
import { openDialog } from "../../parts/dialog.js";
import { field, formError, onSubmit } from "../../parts/form.js";
import { showSecretOnce } from "../../parts/secret-once.js";
import { ROLES } from "../../roles.js";

// Whoever is invited first can only be an admin.
export function openInviteDialog(isFirst, onInvited) {
  const keyOf = requestKeys();
  const form = onSubmit(h("form", { class: "dialog-body" },
    formError(),
    field("Name", h("input", { type: "text", name: "name", required: true, maxlength: 100, autocomplete: "off", autofocus: true }), { hint: "They sign in with it, and can change it." }),
    choices("Role", "role", isFirst ? ROLES.slice(-1) : ROLES, isFirst ? "admin" : "viewer"),
    h("div", { class: "dialog-foot" },
      h("button", { class: "button", type: "button", on: { click: () => opened.close() } }, "Cancel"),
      h("button", { class: "button primary", type: "submit" }, "Make the invitation"))),
  async (data) => {
    const body = { name: data.get("name"), role: data.get("role") };
    const made = await post("/api/users", body, { key: keyOf(body) });
    opened.close({ isDone: true });
    showLink(made.user, made);
    onInvited();
  });
  const opened = openDialog({ title: "Invite somebody", body: form, unsaved: "Nobody is invited yet." });
}

export function showLink({ name }, { link, expires_at: end }) {
  showSecretOnce({
    title: `Sign-in link for ${name}`, label: "link", secret: link,
    sentence: `Send it to ${name} in private: whoever opens it first is signed in as ${name}. It works once, until ${moment(end)}, and is shown this once.`,
  });
}
