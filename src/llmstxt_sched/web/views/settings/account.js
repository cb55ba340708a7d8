// One's own name and password.

import { patch } from "../../api.js";
import { h } from "../../dom.js";
import { field, formError, onSubmit } from "../../parts/form.js";
import { toast } from "../../parts/toast.js";

export function nameForm({ user }, onChanged) {
  return onSubmit(h("form", { class: "card-body" },
    formError(),
    field("Name", h("input", { type: "text", name: "name", value: user.name, required: true, maxlength: 100, autocomplete: "username" }), { hint: "You sign in with it where you have a password." }),
    h("button", { class: "button", type: "submit" }, "Save name")),
  async (data) => {
    await patch("/api/me", { name: data.get("name") });
    toast("Your name is saved.");
    await onChanged();
  });
}

export function passwordForm({ user, needs_current_password: needsCurrent }, onChanged) {
  const form = onSubmit(h("form", { class: "card-body" },
    formError(),
    !user.has_password && h("p", { class: "quiet" }, "You have none: you sign in by links. With one, name and password do as well."),
    // For password managers, which save a password under the name before it.
    h("input", { type: "text", autocomplete: "username", value: user.name, readOnly: true, hidden: true }),
    needsCurrent && field("Current password", h("input", { type: "password", name: "current_password", required: true, autocomplete: "current-password" })),
    field("New password", h("input", { type: "password", name: "password", required: true, minlength: 10, autocomplete: "new-password" }), { hint: "10 characters or more; a sentence is fine. Your other sessions end." }),
    h("button", { class: "button", type: "submit" }, user.has_password ? "Change password" : "Set password")),
  async (data) => {
    await patch("/api/me", Object.fromEntries(data));
    form.reset();
    toast("Your password is saved; you are signed out everywhere else.");
    await onChanged();
  });
  return form;
}
