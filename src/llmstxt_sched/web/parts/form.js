// Forms: a field with its label, hint and error; an answer of 422 goes below the fields that it names.

import { freshId, h, replace } from "../dom.js";

// A labelled control.  `control` is an input, select or textarea with a name.
export function field(label, control, { hint = null } = {}) {
  const id = freshId("field");
  const error = h("p", { class: "field-error", id: `${id}-error`, hidden: true });
  control.id = id;
  control.classList.add(control.type === "checkbox" ? "checkbox" : "input");
  control.setAttribute("aria-describedby", (hint ? `${id}-hint ` : "") + error.id);
  return h("div", { class: "field", "data-field": control.name },
    h("label", { for: id }, label), control, hint && h("p", { class: "hint", id: `${id}-hint` }, hint), error);
}

// Shows what an ApiError says of the fields of a form, the rest at its top; the focus goes to the first.
export function showErrors(form, error) {
  clearErrors(form);
  const rest = [];
  let first = null;
  for (const each of error.errors?.length ? error.errors : [{ field: "", message: error.message }]) {
    const holder = form.querySelector(`[data-field="${CSS.escape(each.field)}"]`);
    if (!holder) { rest.push(each.field ? `${each.field}: ${each.message}` : each.message); continue; }
    const place = holder.querySelector(".field-error");
    place.hidden = false;
    place.textContent += `${each.message} `;
    const control = holder.querySelector("input, select, textarea");
    control.ariaInvalid = "true";
    first ??= control;
  }
  const top = form.querySelector(".form-error");
  if (rest.length && top) { top.hidden = false; replace(top, rest.map((message) => h("p", {}, message))); }
  (first ?? (rest.length ? top : null))?.focus();
}

export function clearErrors(form) {
  for (const place of form.querySelectorAll(".field-error, .form-error")) { place.hidden = true; place.textContent = ""; }
  for (const control of form.querySelectorAll("[aria-invalid]")) control.ariaInvalid = null;
}

export function formError() {
  return h("div", { class: "form-error banner error", role: "alert", tabindex: "-1", hidden: true });
}

// Runs `act` on submit with the button busy; errors are shown in the form, and what was typed stays.
export function onSubmit(form, act) {
  form.addEventListener("input", () => { form.dataset.filled = ""; });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = event.submitter ?? form.querySelector('[type="submit"]');
    if (button?.ariaBusy === "true") return;
    clearErrors(form);
    if (button) button.ariaBusy = "true";
    try {
      await act(new FormData(form), button);
      delete form.dataset.filled;
    } catch (error) {
      if (error.name === "AbortError") return;
      if (error.status === undefined) throw error;
      if (error.status === 401) error.message = "Your session has ended. Sign in again in another tab, then send this form once more: nothing of it is lost.";
      showErrors(form, error);
    } finally {
      if (button) button.ariaBusy = null;
    }
  });
  return form;
}
