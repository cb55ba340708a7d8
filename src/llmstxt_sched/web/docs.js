// The page of the API, drawn from /api/openapi.json.

import { h } from "./dom.js";

const METHODS = ["get", "post", "patch", "put", "delete"];

const main = document.querySelector("main");
const nav = document.querySelector("nav");

try {
  const answer = await fetch("/api/openapi.json");
  if (!answer.ok) throw new Error(`the service answered ${answer.status}`);
  draw(await answer.json());
} catch (error) {
  main.replaceChildren(h("p", { role: "alert" }, `The calls could not be loaded (${error.message}). Reload the page.`));
}

function draw(schema) {
  const byTag = Map.groupBy ? Map.groupBy(calls(schema), tagOf) : groupBy(calls(schema), tagOf);
  main.replaceChildren(...[...byTag].map(([tag, found]) =>
    h("section", { id: tag }, h("h2", {}, tag), found.map((call) => card(call, schema)))));
  nav.replaceChildren(h("ul", {}, [...byTag.keys()].map((tag) => h("li", {}, h("a", { href: `#${tag}` }, tag)))));
}

function calls(schema) {
  return Object.entries(schema.paths).flatMap(([path, methods]) =>
    METHODS.filter((method) => methods[method]).map((method) => ({ path, method, ...methods[method] })));
}

function tagOf(call) {
  return call.tags?.[0] ?? "other";
}

function groupBy(items, key) {
  const groups = new Map();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}

function card(call, schema) {
  return h("article", {},
    h("h3", {}, h("span", { class: call.method }, call.method.toUpperCase()), " ", h("code", {}, call.path)),
    call.description ? h("p", {}, call.description) : null,
    parameters(call.parameters ?? []),
    body("Body", call.requestBody, schema),
    Object.entries(call.responses ?? {}).filter(([status]) => status < 400).map(([status, answer]) => body(`Answer ${status}`, answer, schema)));
}

function parameters(found) {
  if (!found.length) return null;
  return table(["parameter", "in", "type", "meaning"],
    found.map((p) => [p.name + (p.required ? "" : "?"), p.in, typeOf(p.schema ?? {}), p.description ?? ""]));
}

function body(title, holder, schema) {
  const [media, content] = Object.entries(holder?.content ?? {})[0] ?? [];
  if (!media) return holder ? h("p", { class: "answer" }, `${title}: ${holder.description ?? ""}`) : null;
  const properties = resolve(content.schema ?? {}, schema).properties;
  return h("details", {},
    h("summary", {}, `${title} · ${media}${content.schema?.$ref ? ` · ${nameOf(content.schema.$ref)}` : ""}`),
    properties ? table(["field", "type"], Object.entries(properties).map(([name, each]) => [name, typeOf(each)])) : null);
}

function table(head, rows) {
  return h("div", { class: "scrolls" }, h("table", {},
    h("thead", {}, h("tr", {}, head.map((title) => h("th", { scope: "col" }, title)))),
    h("tbody", {}, rows.map((row) => h("tr", {}, row.map((cell, at) => h("td", {}, at === 0 ? h("code", {}, cell) : cell)))))));
}

function resolve(part, schema) {
  return part.$ref ? schema.components.schemas[nameOf(part.$ref)] ?? {} : part;
}

function nameOf(ref) {
  return ref.split("/").at(-1).split("_").at(-1);
}

function typeOf(part) {
  if (part.$ref) return nameOf(part.$ref);
  if (part.enum) return part.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (part.const !== undefined) return JSON.stringify(part.const);
  const several = part.oneOf ?? part.anyOf;
  if (several) return several.map(typeOf).join(" | ");
  if (part.type === "array") return `${typeOf(part.items ?? {})}[]`;
  return [part.type ?? "any"].flat().join(" | ") + (part.format ? ` (${part.format})` : "");
}
