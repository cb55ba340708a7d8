// The dialog that ends the sessions of somebody and, where wanted, their tokens.

import { queryOf, remove } from "../../api.js";
import { h } from "../../dom.js";
import { openDialog } from "../../parts/dialog.js";
import { field, formError, onSubmit } from "../../parts/form.js";
import { toast } from "../../parts/toast.js";

export function openSignOutDialog({ id, name }, isSelf) {
  const tokens = field("Revoke the API tokens, too", h("input", { type: "checkbox", name: "tokens" }), { hint: "What uses them stops working at once." });
  tokens.classList.add("check");
  const form = onSubmit(h("form", { class: "dialog-body" },
    formError(),
    h("p", {}, `${isSelf ? "Every session of yours ends, this one as well" : "Every session of theirs ends"}, and so do sign-in links that were not used. By a password or a new link one can sign in again.`),
    tokens,
    h("div", { class: "dialog-foot" },
      h("button", { class: "button", type: "button", autofocus: true, on: { click: () => opened.close() } }, "Cancel"),
      h("button", { class: "button danger", type: "submit" }, "Sign out"))),
  async (data) => {
    await remove(`/api/users/${id}/sessions${queryOf({ tokens: data.has("tokens") || null })}`);
    opened.close({ isDone: true });
    if (isSelf) return void location.assign("/login");
    toast(data.has("tokens") ? `${name} is signed out everywhere, and their tokens are revoked.` : `${name} is signed out everywhere.`);
  });
  const opened = openDialog({ title: `Sign out ${name} everywhere?`, body: form });
}
