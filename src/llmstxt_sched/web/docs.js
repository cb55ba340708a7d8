// The page of the API, drawn from /api/openapi.json.

import { get } from "./api.js";
import { callsOf, fieldsOf, findableText, noteOf, typeOf } from "./api-schema.js";
import { h, replace } from "./dom.js";
import { plural } from "./format.js";
import { errorBanner } from "./parts/banner.js";
import { field } from "./parts/form.js";
import { icon } from "./parts/icons.js";
import { isLight, setTheme } from "./parts/themes.js";

// Who may call it, in words.
const NEEDS = {
  open: "Needs nothing: it is open to everybody.",
  viewer: "Needs the role viewer, or a token with the scope read, or more.",
  editor: "Needs the role editor, or a token with the scope write, or more.",
  admin: "Needs the role admin, or a token with the scope admin.",
  account: "Needs somebody who is signed in: no token may do it.",
};
const place = document.getElementById("calls");
document.getElementById("theme").replaceWith(h("button", { class: "icon-button", type: "button", "aria-label": "Switch between light and dark",
  on: { click: () => setTheme(isLight() ? "dark" : "light") } }, icon("theme")));
await load();

async function load() {
  try {
    draw(await get("/api/openapi.json"));
  } catch (error) {
    if (error.status === undefined) throw error;
    replace(place, errorBanner(error, load));
  } finally {
    place.ariaBusy = null;
  }
}

function draw(schema) {
  const cards = callsOf(schema).map((call) => ({ call, node: card(call, schema), text: findableText(call, schema) }));
  const tags = [...new Set(cards.map(({ call }) => call.tag))];
  const sections = tags.map((tag) => h("section", { "aria-labelledby": `tag-${tag}` },
    h("h2", { id: `tag-${tag}` }, tag), cards.filter(({ call }) => call.tag === tag).map(({ node }) => node)));
  const links = cards.map(({ call }) => h("li", {}, h("a", { href: `#${call.id}` }, method(call), " ", call.path.replace(/^\/api/, ""))));
  const found = h("p", { class: "hint", role: "status" });
  const search = h("input", { type: "search", name: "q", autocomplete: "off", on: { input: filter } });

  function filter() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const [at, { node, text }] of cards.entries()) {
      const fits = words.every((word) => text.includes(word));
      node.hidden = links[at].hidden = !fits;
      count += fits;
    }
    for (const section of sections) section.hidden = !section.querySelector("article:not([hidden])");
    found.textContent = words.length ? plural(count, "call") : "";
  }

  replace(place,
    errors(schema),
    h("div", { class: "docs-columns" },
      h("div", { class: "docs-side" }, field("Find a call", search, { hint: "By path, field or purpose." }), found, h("nav", { "aria-label": "Calls" }, h("ul", {}, links))),
      h("div", { class: "docs-calls" }, sections)));
  // The browser looked for the fragment before there was anything.
  document.getElementById(location.hash.slice(1))?.scrollIntoView();
}

function method({ method: name }) {
  return h("span", { class: `method ${name}` }, name.toUpperCase());
}

function card(call, schema) {
  return h("article", { class: "card", id: call.id },
    h("div", { class: "card-head" }, h("h3", {}, h("a", { href: `#${call.id}` }, method(call), " ", h("code", {}, call.path)))),
    h("div", { class: "card-body" },
      h("p", {}, prose(call.description ?? call.summary ?? "")),
      NEEDS[call["x-needs"]] && h("p", { class: "hint" }, NEEDS[call["x-needs"]]),
      parameters(call.parameters ?? [], schema),
      call.requestBody && body("Body", call.requestBody, schema, { isSent: true }),
      Object.entries(call.responses ?? {}).filter(([status]) => status < 400).map(([status, answer]) => body(`Answer ${status}`, answer, schema)),
      failures(call, schema)));
}

// What its errors mean stands once, in the table above all calls; a browser opens it for a link into it.  Those of another
// shape than all others follow.
function failures({ responses = {} }, schema) {
  const statuses = Object.keys(responses).filter((status) => status >= 400);
  const own = responses[statuses.find((status) => responses[status].content)];
  return [
    h("p", { class: "quiet" }, "Errors: ", statuses.map((status, at) => [at > 0 && ", ", h("a", { href: `#error-${status}` }, status)])),
    own && body("Error", own, schema),
  ];
}

function parameters(found, schema) {
  if (!found.length) return null;
  return table("Parameters", ["Parameter", "In", "Type", "Meaning"], found.map((each) =>
    [[h("code", {}, each.name), !each.required && optional()], each.in, typeOf(each.schema, schema).replace(/ or null$/, ""), prose(noteOf({ ...each.schema, description: each.description }, schema))]));
}

// The fields are drawn when they are opened: all calls together have thousands.
function body(title, holder, schema, { isSent = false } = {}) {
  const [media, content] = Object.entries(holder.content ?? {})[0] ?? [];
  if (!media) return h("p", { class: "quiet" }, `${title}: no body`);
  const fields = fieldsOf(content.schema, schema);
  if (!fields.length) return h("p", { class: "quiet" }, `${title}: ${media}`);
  const details = h("details", { on: { toggle: () => {
    if (details.open && details.childElementCount === 1) details.append(fieldTable(title, fields, isSent));
  } } }, h("summary", {}, title, h("span", { class: "quiet" }, `, ${media}, ${plural(fields.length, "field")}`)));
  return details;
}

function fieldTable(title, fields, isSent) {
  const isExplained = fields.some((each) => each.note);
  return table(title, ["Field", "Type", isExplained && "Meaning"].filter(Boolean), fields.map((each) =>
    [[path(each.path), isSent && each.isOptional && optional()], each.type, isExplained && prose(each.note)].filter((cell) => cell !== false)));
}

// Where it lies, quietly, and its own name.
function path(text) {
  const at = text.lastIndexOf(".") + 1;
  return h("code", {}, at > 0 && h("span", { class: "quiet" }, text.slice(0, at)), text.slice(at));
}

// What stands between backticks is code.
function prose(text) {
  return text.split("`").map((part, at) => (at % 2 ? h("code", {}, part) : part));
}

function optional() {
  return [" ", h("span", { class: "tag" }, "optional")];
}

function errors(schema) {
  const rows = Object.entries(schema.components.responses ?? {}).map(([code, { description }]) => [h("code", { id: `error-${code}` }, code), prose(description)]);
  return h("details", { class: "errors" },
    h("summary", {}, "Errors"),
    h("p", {}, "They come as ", h("code", {}, "application/problem+json"), " (RFC 9457):"),
    fieldTable("Error", fieldsOf({ $ref: "#/components/schemas/Problem" }, schema), true),
    table("Errors", ["Status", "When"], rows));
}

// Roles are spelt out as in parts/paged-table.js: on a narrow screen a row is a card.
function table(label, head, rows) {
  return h("table", { class: "table cards", role: "table", "aria-label": label },
    h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, head.map((title) => h("th", { scope: "col", role: "columnheader" }, title)))),
    h("tbody", { role: "rowgroup" }, rows.map(([name, ...cells]) => h("tr", { role: "row" },
      h("th", { scope: "row", role: "rowheader" }, name),
      cells.map((cell, at) => h("td", { role: "cell", "data-title": head[at + 1] }, h("div", {}, cell)))))));
}
