// `/audit`: who did what, on what, from where, when; for admins.

import { get } from "../api.js";
import { actionWords, ACTIONS, addressOf, GROUPS, pairsOf } from "../audit-words.js";
import { chosenWord } from "../choices-in-address.js";
import { h } from "../dom.js";
import { exactly } from "../format.js";
import { emptyState } from "../parts/banner.js";
import { field } from "../parts/form.js";
import { onlyAdmins } from "../parts/only-admins.js";
import { pagedTable } from "../parts/paged-table.js";


export default async function audit({ may, query, router, signal }) {
  if (!may("admin")) return onlyAdmins("Audit");
  const since = query.get("since");
  const wanted = {
    user: query.get("user") ?? "",
    action: chosenWord(query, "action", [...Object.keys(GROUPS), ...Object.keys(ACTIONS)]),
    since: midnight(since) ? since : "",
  };
  router.query(wanted);
  const table = pagedTable({
    label: "Audit log", columns: COLUMNS, empty: nothing, details: detailsOf,
    load: (page) => get("/api/audit", { ...page, ...wanted, since: midnight(wanted.since) }, { signal }),
  });

  function filter(name, value) {
    wanted[name] = value;
    router.query({ [name]: value });
    table.show();
  }

  // Without names to choose from, the log can be read all the same.
  const users = await get("/api/users", { limit: 200 }, { signal }).then((found) => found.items, () => []);
  await table.show();
  return h("div", { class: "page audit" },
    h("div", { class: "head" }, h("h1", {}, "Audit")),
    h("div", { class: "card" },
      h("div", { class: "fields filters" },
        field("Who", select("user", people(users, wanted.user), wanted.user, filter)),
        field("What", actionSelect(wanted.action, filter)),
        field("Since", h("input", { type: "date", name: "since", value: wanted.since, on: { change: (event) => filter("since", event.target.value) } }))),
      table.node));
}

// The log outlasts users: whom an address names may be none of those who are there.
function people(users, chosen) {
  const known = [["", "Anybody"], ...users.map((user) => [user.id, user.name]), ["command line", "The command line"], ["service", "The service"], ["ping token", "A ping token"]];
  return known.some(([value]) => value === chosen) ? known : [...known, [chosen, "Somebody else"]];
}

// From a day to its beginning where the browser is.
function midnight(day) {
  const at = new Date(`${day}T00:00:00`);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}

function select(name, choices, chosen, filter) {
  return h("select", { name, on: { change: (event) => filter(name, event.target.value) } },
    choices.map(([value, word]) => h("option", { value, selected: value === chosen }, word)));
}

function actionSelect(chosen, filter) {
  const node = select("action", [["", "Anything"]], chosen, filter);
  for (const [group, word] of Object.entries(GROUPS)) {
    const actions = Object.entries(ACTIONS).filter(([action]) => action.startsWith(`${group}.`));
    node.append(h("optgroup", { label: word },
      [[group, `Anything on ${word.toLowerCase()}`], ...actions].map(([value, text]) => h("option", { value, selected: value === chosen }, text))));
  }
  return node;
}

const COLUMNS = [
  { title: "When", isHeader: true, cell: ({ at }) => [h("time-ago", { datetime: at }), h("span", { class: "sub" }, exactly(at))] },
  { title: "Who", cell: who },
  { title: "What", cell: ({ action }) => actionWords(action) },
  { title: "On", cell: objectOf },
  { title: "From", cell: ({ address }) => h("span", { class: "mono address" }, address) },
];

function who({ action, user, token }) {
  if (!user) return token ? tokenOf(token) : h("span", { class: "quiet" }, "nobody");
  // Whose name was only given, and not shown to be theirs.
  if (action === "session.failed") return `somebody as “${user.name}”`;
  return [h("a", { href: `/audit?user=${encodeURIComponent(user.id ?? user.name)}` }, user.name), token && h("span", { class: "sub" }, "by ", tokenOf(token))];
}

function tokenOf({ name }) {
  return `the token “${name}”`;
}

function objectOf(entry) {
  const name = entry.object?.name;
  if (!name) return h("span", { class: "quiet" }, "–");
  const address = addressOf(entry);
  return address ? h("a", { href: address }, name) : name;
}

function detailsOf({ details }) {
  const pairs = pairsOf(details);
  return pairs.length ? h("dl", { class: "facts" }, pairs.map(([name, text]) => [h("dt", {}, name), h("dd", {}, text)])) : null;
}

function nothing() {
  return emptyState("Nothing found", "Nothing was done that fits, or it was done before the log began.");
}
