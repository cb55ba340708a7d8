// Another schedule for many projects at once.

import { h } from "../../dom.js";
import { plural } from "../../format.js";
import { openDialog } from "../../parts/dialog.js";
import { formError, onSubmit } from "../../parts/form.js";
import { scheduleFields } from "../../parts/schedule-fields.js";

// `send(schedule)` asks the server; errors stay in the form.  Resolves with its answer, or null where the person left.
export function reschedule(number, send, signal) {
  return new Promise((resolve) => {
    let answer = null;
    const fields = scheduleFields({}, { signal });
    const form = h("form", { class: "dialog-body", novalidate: true }, formError(), fields.node,
      h("div", { class: "dialog-foot" },
        h("button", { class: "button", type: "button", on: { click: () => opened.close() } }, "Cancel"),
        h("button", { class: "button primary", type: "submit" }, `Change ${plural(number, "project")}`)));
    onSubmit(form, async () => {
      answer = await send(fields.value()).catch(refused);
      opened.close({ isDone: true });
    });
    const opened = openDialog({ title: "Change schedule", hint: `For ${plural(number, "project")}, in place of what each has now.`, body: form, unsaved: "No schedule is changed yet.", onClose: () => resolve(answer) });
  });
}

// The fields of this form stand in the request below `schedule`.
function refused(error) {
  error.errors = error.errors?.map((each) => ({ ...each, field: each.field.replace(/^schedule\./, "") }));
  throw error;
}
