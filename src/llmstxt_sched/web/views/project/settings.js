// What can be changed of a project; only what was changed is sent.

import { ApiError, inTime } from "../../api.js";
import { changesBetween } from "../../form-changes.js";
import { h, replace } from "../../dom.js";
import { actionButton, busy } from "../../parts/busy.js";
import { choices } from "../../parts/choices.js";
import { crawlFields } from "../../parts/crawl-fields.js";
import { credentialFields } from "../../parts/credential-fields.js";
import { dryRunOf } from "../../parts/dry-run.js";
import { field, formError, onSubmit } from "../../parts/form.js";
import { keepingFocus } from "../../parts/keep-focus.js";
import { labelsField } from "../../parts/labels-field.js";
import { scheduleFields } from "../../parts/schedule-fields.js";
import { toast } from "../../parts/toast.js";

const ON_FAILURE = [
  { value: "stop", word: "Stop scheduled runs", sentence: "Nothing runs by itself until somebody resumes it, or a run by hand succeeds." },
  { value: "continue", word: "Go on", sentence: "The next run comes when it is due. The last good file stays." },
];

export default async function settings(context) {
  const { state, actions, may, router, signal } = context;
  const place = h("div", {});
  let form;
  // Somebody else, another tab or the buttons above change them, too: a form in which nothing was written says what holds.
  state.watch((project, before) => {
    if (before && "filled" in form.dataset) {
      if (project.is_enabled !== before.is_enabled) form.turn(project.is_enabled);
    } else if (!before || changesBetween(settingsOf(before), settingsOf(project))) {
      keepingFocus(place, () => replace(place, form = settingsForm(context)));
    }
  }, signal);
  keepUnsaved(() => "filled" in form.dataset, router, signal);
  const others = part("For others",
    unfolded("Feed and badge", async () => (await inTime(import("./following.js"))).following(state, signal)),
    unfolded("A run after each deployment", async () => (await inTime(import("./pings.js"))).pings(state.project, { mayChange: may("editor"), signal })));
  return h("div", { class: "stack" }, place, others, may("editor") && danger(actions));
}

const settingsOf = ({ url, name, description, labels, cron_expression, timezone, is_enabled, on_failure, is_public, crawl }) => ({
  url, name, description, labels, cron_expression, timezone, is_enabled, on_failure, is_public, crawl });

// The form of the project as it is now.
function settingsForm({ state, actions, may, signal }) {
  const { project } = state;
  const name = h("input", { name: "name", type: "text", value: project.name, autocomplete: "off" });
  const description = h("textarea", { name: "description", rows: 2, value: project.description });
  const labels = labelsField(project.labels);
  // Whoever gives a project its first schedule wants it to run.
  const schedule = scheduleFields({ ...project, is_enabled: project.is_enabled || !project.cron_expression }, { signal });
  const crawl = crawlFields(project.crawl);
  const login = credentialFields(state, signal);
  const isPublic = h("input", { name: "is_public", type: "checkbox", checked: project.is_public });
  const publicField = field("Publish at a public address", isPublic, { hint: "Anybody who knows the address can read the files, without signing in." });
  publicField.classList.add("check");
  const onFailure = choices("If a run fails", "on_failure", ON_FAILURE, project.on_failure);
  const submit = h("button", { class: "button primary", type: "submit" }, "Save changes");

  const form = h("form", { novalidate: true }, formError(), h("fieldset", { class: "fieldset settings", disabled: !may("editor") },
    h("legend", { class: "unseen" }, "Settings"),
    part("Project", field("Name", name), h("p", { class: "small-text" }, h("span", { class: "quiet" }, "Site: "), h("a", { href: project.url, rel: "noreferrer" }, project.url)), field("Description", description, { hint: "For people; it is not in the files." }),
      labels.node),
    part("Schedule", schedule.node, onFailure),
    part("Crawl", crawl.node, may("editor") && dryRunOf(project.id, signal)),
    part("Behind a login", login.node),
    part("Publishing", publicField),
    may("editor") ? h("div", { class: "save" }, submit) : h("p", { class: "quiet" }, "You may look at these settings; an editor can change them.")));

  const written = () => ({
    name: name.value.trim(), description: description.value,
    labels: labels.value(), ...schedule.value(),
    on_failure: form.elements.on_failure.value, is_public: isPublic.checked, crawl: crawl.value(),
  });
  let saved = written();
  onSubmit(form, async () => {
    const now = written();
    if (!now.name) throw new ApiError(422, { errors: [{ field: "name", message: "Write a name." }] });
    const credentials = login.value();
    const changes = credentials === undefined ? changesBetween(saved, now) : { ...changesBetween(saved, now), credentials };
    if (!changes) return void toast("Nothing was changed");
    await actions.edit(changes);
    saved = now;
    login.clear();
    toast("Saved");
  });
  form.turn = (isOn) => { form.elements.is_enabled.checked = saved.is_enabled = isOn; };
  return form;
}

function part(title, ...content) {
  return h("section", { class: "card", "aria-label": title }, h("div", { class: "card-head" }, h("h2", {}, title)), h("div", { class: "card-body" }, content));
}

// What few people look for is fetched when they do.
function unfolded(words, load) {
  const place = h("div", {});
  const details = h("details", { class: "unfolds", on: { toggle: () => place.firstChild || busy(details, async () => replace(place, await load())) } }, h("summary", {}, words), place);
  return details;
}

function danger(actions) {
  return h("section", { class: "card", "aria-label": "Delete" },
    h("div", { class: "card-head" }, h("h2", {}, "Delete")),
    h("div", { class: "card-body row" }, h("p", { class: "grow" }, "The project, its runs, its documents and its public address will be gone."),
      actionButton("Delete project…", actions.remove, { kind: "danger" })));
}

// Whoever leaves with unsaved changes is asked first.
function keepUnsaved(isFilled, router, signal) {
  const guard = () => !isFilled() || confirm("Leave without saving your changes?");
  router.guard = guard;
  addEventListener("beforeunload", (event) => { if (isFilled()) event.preventDefault(); }, { signal });
  signal.addEventListener("abort", () => { if (router.guard === guard) router.guard = null; });
}
