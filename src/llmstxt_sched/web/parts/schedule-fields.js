// When a project runs: daily, weekly, by a cron expression or only by hand; with a preview.

import { DAILY, DAYS, readCron, writeCron } from "../cron.js";
import { h } from "../dom.js";
import { ownZone } from "../format.js";
import { field } from "./form.js";
import { schedulePreview } from "./schedule-preview.js";

const KINDS = [["daily", "Daily"], ["weekly", "Weekly"], ["custom", "Custom (cron)"], ["none", "Only by hand"]];

// {node, value()}.  Starts from a project's schedule, or from daily in the browser's zone; `value()` is what the API
// takes.  `onChange` is told after each change.  The fields' names are the API's, so that its errors find them.
export function scheduleFields({ cron_expression = DAILY, timezone = ownZone(), is_enabled = true }, { signal, onChange = () => {} }) {
  const given = readCron(cron_expression);
  const kind = select("kind", KINDS, given.kind);
  // What is half typed or taken out counts for nothing: the time before it stays, and is shown again.
  let known = given.time;
  const time = h("input", { name: "time", type: "time", value: known, on: { blur: () => { time.value ||= known; } } });
  const day = select("day", DAYS.map((name, number) => [number, name]), given.day);
  const cron = h("input", { name: "cron_expression", type: "text", value: given.expression, autocomplete: "off", spellcheck: "false", autocapitalize: "none" });
  const zone = zoneSelect(timezone);
  const enabled = h("input", { name: "is_enabled", type: "checkbox", checked: is_enabled });
  const preview = schedulePreview({ signal });
  const holders = {
    kind: field("Schedule", kind), day: field("Day", day), time: field("Time", time),
    cron: field("Cron expression", cron, { hint: "min h day mon weekday" }), zone: field("Time zone", zone),
    enabled: field("Enable scheduled runs", enabled, { hint: "Off: the schedule is kept, and runs start only by hand or by API." }),
  };
  for (const name of ["kind", "time", "cron", "zone"]) holders[name].classList.add(name);
  holders.enabled.classList.add("check");

  const expression = (chosen = kind.value) => writeCron({ kind: chosen, time: known, day: day.value, expression: cron.value });
  function value() {
    const written = expression();
    return { cron_expression: written, timezone: zone.value, is_enabled: written !== null && enabled.checked };
  }
  let before = given.kind;
  function update(event) {
    known = time.value || known;
    // Whoever turns to cron begins with what was chosen before.
    if (event?.target === kind && kind.value === "custom" && before !== "none") {
      cron.value = expression(before);
    }
    before = kind.value;
    const isTimed = kind.value === "daily" || kind.value === "weekly";
    const shown = { kind: true, day: kind.value === "weekly", time: isTimed, cron: kind.value === "custom" };
    for (const [name, holder] of Object.entries(holders)) holder.hidden = !(shown[name] ?? kind.value !== "none");
    // What the server says of the expression stands below the field that it was made of.
    holders.cron.dataset.field = isTimed ? "-" : "cron_expression";
    holders.time.dataset.field = isTimed ? "cron_expression" : "-";
    preview.show(expression(), zone.value);
    onChange(value());
  }
  const { kind: first, enabled: last, ...between } = holders;
  const node = h("fieldset", { class: "fieldset", on: { input: update } }, h("legend", { class: "unseen" }, "Schedule"),
    h("div", { class: "schedule-fields" }, first, Object.values(between)), preview.node, last);
  update();
  return { node, value };
}

function select(name, options, chosen) {
  return h("select", { name }, options.map(([value, text]) => h("option", { value: String(value), selected: value === chosen }, text)));
}

// The browser's own zone first, then UTC, then all; one that the browser does not know but the project has is there too.
function zoneSelect(chosen) {
  const first = [...new Set([chosen, ownZone(), "UTC"])];
  const rest = Intl.supportedValuesOf("timeZone").filter((zone) => !first.includes(zone));
  return h("select", { name: "timezone" },
    first.map((zone) => h("option", { selected: zone === chosen }, zone)), h("hr"), rest.map((zone) => h("option", {}, zone)));
}
