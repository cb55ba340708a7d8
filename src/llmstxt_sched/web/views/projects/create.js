// The creation dialog over the list, with an address of its own: only the site's address is needed.

import { ApiError, inTime, post } from "../../api.js";
import { siteAddress } from "../../addresses.js";
import { h, replace } from "../../dom.js";
import { requestKeys } from "../../keys.js";
import { openDialog } from "../../parts/dialog.js";
import { field, formError, onSubmit } from "../../parts/form.js";
import { scheduleFields } from "../../parts/schedule-fields.js";

// The browser's back closes it as the button does: it asks first where something was typed.  `url`: of the site.
export function createDialog({ router, signal, address, url }) {
  // Opened by its address, it has no entry of the list below it in the history.
  const isDeep = location.pathname === address;
  let isOver = false;
  const form = projectForm({ url, signal, cancel: () => opened.close(), created: (project) => {
    end();
    router.go(`/projects/${project.id}`, { replace: true });
  } });
  const opened = openDialog({
    title: "New project", hint: "Only the address is needed. You can change everything later.", body: form,
    unsaved: "The project is not created yet.", onClose: () => isOver || leave(),
  });
  signal.addEventListener("abort", end);
  router.over(address, left);

  function leave() {
    isOver = true;
    if (isDeep) router.enter("/projects", true);
    else history.back();
  }
  function left() {
    if (!isOver && !opened.isAgreed()) return false;
    end();
    if (isDeep) router.show();
  }
  function end() {
    isOver = true;
    opened.close({ isDone: true });
  }
}

// `url`: what stands in the address at first; `created` is given the project.
function projectForm({ url, signal, cancel, created }) {
  const address = h("input", { name: "url", type: "text", inputmode: "url", value: url, autofocus: true, autocomplete: "off", autocapitalize: "none", spellcheck: "false", placeholder: "https://docs.example.com" });
  const submit = h("button", { class: "button primary", type: "submit" });
  const schedule = scheduleFields({}, { signal, onChange: ({ is_enabled }) => replace(submit, is_enabled ? "Create and crawl now" : "Create") });
  const name = h("input", { name: "name", type: "text", autocomplete: "off" });
  // Fetched when it is asked for: most projects are created without.
  let extra = null;
  const extraPlace = h("div", {});
  const isPublic = h("input", { name: "is_public", type: "checkbox", checked: true });
  const publicField = field("Publish at a public address", isPublic, { hint: "Anybody who knows the address can read the files, without signing in." });
  publicField.classList.add("check");
  const more = h("details", { class: "more-fields" }, h("summary", {}, "More: name, labels, limits, patterns, languages, a dry run"),
    field("Name", name, { hint: "Without one, the host's." }), extraPlace, publicField);
  more.addEventListener("toggle", async () => {
    if (extra) return;
    try {
      const { moreFields } = await inTime(import("../../parts/more-fields.js"));
      extra ??= moreFields(body, signal);
      replace(extraPlace, extra.node);
    } catch (error) {
      replace(extraPlace, h("p", { class: "field-error" }, error.message));
    }
  });
  const form = h("form", { class: "dialog-body", novalidate: true }, formError(),
    field("Site address", address, { hint: "The crawl starts here and stays on this host." }), schedule.node, more,
    h("div", { class: "dialog-foot" }, h("button", { class: "button", type: "button", on: { click: cancel } }, "Cancel"), submit));

  function body() {
    const site = siteAddress(address.value);
    if (!site) throw new ApiError(422, { errors: [{ field: "url", message: "Write the address of the site." }] });
    return { url: site, name: name.value.trim() || null, ...schedule.value(), is_public: isPublic.checked, ...extra?.value() };
  }
  const keyOf = requestKeys();
  return onSubmit(form, async () => {
    try {
      const given = body();
      created(await post("/api/projects", given, { key: keyOf(given), signal }));
    } catch (error) {
      // A field that is folded away could not be shown.
      more.open ||= (error.errors ?? []).some((each) => more.querySelector(`[data-field="${CSS.escape(each.field)}"]`));
      throw error;
    }
  });
}
