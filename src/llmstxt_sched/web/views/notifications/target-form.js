// The fields of a target, which depend on its kind.

import { ApiError } from "../../api.js";
import { h } from "../../dom.js";
import { ownZone } from "../../format.js";
import { field } from "../../parts/form.js";
import { EVENTS, optionsOf } from "../../target-kinds.js";

const QUIET = { autocomplete: "off", autocapitalize: "none", spellcheck: "false" };

// {node, value(data)}: `value()` is what the API takes; an ApiError where no event is ticked.  `target` is the one that is
// edited, or null.
export function targetFields(kind, target) {
  const name = h("input", { type: "text", name: "name", required: true, maxlength: 200, autocomplete: "off", value: target?.name ?? kind.word });
  const address = h("input", { type: kind.address.type ?? "text", name: "address", required: !target, maxlength: 2000, ...QUIET, placeholder: target?.address ?? "", value: target ? "" : kind.address.value ?? "" });
  const token = kind.token && h("input", { type: "password", name: "token", maxlength: 500, required: Boolean(kind.token.isRequired && !target), ...QUIET, autocomplete: "new-password" });
  const addressHint = target ? "Leave it empty to keep the one that is there." : kind.address.hint;
  const choosesEvents = !kind.isFixed;
  const node = h("div", {},
    field("Name", name, { hint: "How it is called here." }),
    field(kind.address.label, address, { hint: addressHint }),
    token && field(kind.token.label, token, { hint: target ? "Leave it empty to keep the one that is there." : kind.token.hint }),
    kind.options && h("div", { class: "fields" }, kind.options.filter(({ isFlag }) => !isFlag).map((option) => optionField(option, target))),
    kind.options?.filter(({ isFlag }) => isFlag).map((option) => optionField(option, target)),
    choosesEvents && eventBoxes(target),
    choosesEvents && check("only_changes", "Of runs that completed, only those that changed the documents", target ? target.only_changes : kind.kind !== "webhook"),
    kind.kind === "webhook" && check("is_ordered", "In order: what cannot be delivered holds up what comes after it", target?.is_ordered ?? false));

  function value(data) {
    if (choosesEvents && !data.has("events")) throw new ApiError(422, { errors: [{ field: "events", message: "Tick at least one." }] });
    const text = (control) => (control?.value ? { [control.name]: control.value } : {});
    return {
      name: data.get("name"), ...text(address), ...text(token),
      ...(kind.options ? { options: optionsOf(kind, data) } : {}),
      ...(choosesEvents ? { events: data.getAll("events"), only_changes: data.has("only_changes") } : {}),
      ...(kind.kind === "webhook" ? { is_ordered: data.has("is_ordered") } : {}),
    };
  }
  return { node, value };
}

function optionField(option, target) {
  const name = `options.${option.name}`;
  const value = target?.options[option.name] ?? option.value ?? (option.isZone ? ownZone() : "");
  if (option.isFlag) return check(name, option.label, Boolean(value));
  const control = option.choices
    ? h("select", { name }, option.choices.map(([each, word]) => h("option", { value: each, selected: each === String(value) }, word)))
    : h("input", { type: option.isClock ? "time" : "text", name, required: option.isRequired, value: value ?? "", ...QUIET });
  return field(option.label, control, { hint: option.hint });
}

function check(name, label, isChecked, value = "on") {
  const box = field(label, h("input", { type: "checkbox", name, value, checked: isChecked }));
  box.classList.add("check");
  return box;
}

function eventBoxes(target) {
  return h("fieldset", { class: "field fieldset choices", "data-field": "events" },
    h("legend", { class: "label" }, "Tells that"),
    // Before the boxes, each of which has a place of its own for errors: it is the first that counts.
    h("p", { class: "field-error", hidden: true }),
    h("div", { class: "fields" }, EVENTS.map(([kind, word]) => check("events", word, target ? target.events.includes(kind) : true, kind))));
}
