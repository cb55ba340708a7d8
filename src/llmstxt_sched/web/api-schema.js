// The description of the API (OpenAPI 3.1) as rows to show; pure.

const METHODS = ["get", "post", "patch", "put", "delete"];

// Every call, in the order of the description: its method, path, tag and an id for links.  Then those that the service
// makes itself, with the name of the event as their path.
export function callsOf(schema) {
  return [...callsAt(schema.paths), ...callsAt(schema.webhooks ?? {}).map((call) => ({ ...call, tag: "webhooks" }))];
}

function callsAt(paths) {
  return Object.entries(paths).flatMap(([path, methods]) => METHODS.filter((method) => methods[method]).map((method) => ({
    method, path, tag: methods[method].tags?.[0] ?? "other", id: `${method}-${path}`.replace(/[^a-z0-9]+/gi, "-").replace(/-$/, ""), ...methods[method],
  })));
}

// What a part of the schema is, with $ref followed.
export function resolve(part, schema) {
  return part?.$ref ? resolve(schema.components.schemas[nameOf(part.$ref)] ?? {}, schema) : part ?? {};
}

function nameOf(ref) {
  return decodeURIComponent(ref.split("/").at(-1)).replaceAll("~1", "/").replaceAll("~0", "~");
}

// The fields of an object, those of the objects in it below it: {path, type, note, isOptional}.  `crawl.max_pages` lies
// in `crawl`, `items[].id` in each of `items`; an object within itself is not opened again.  What is one of several objects
// has the fields of each.
export function fieldsOf(part, schema, prefix = "", above = new Set()) {
  const { properties = {}, required = [], oneOf, anyOf } = resolve(part, schema);
  if (oneOf ?? anyOf) return (oneOf ?? anyOf).flatMap((each) => fieldsOf(each, schema, prefix, above));
  const opened = part?.$ref ? new Set([...above, part.$ref]) : above;
  return Object.entries(properties).flatMap(([name, each]) => {
    const path = `${prefix}${name}`;
    return [
      { path, type: typeOf(each, schema), note: noteOf(each, schema), isOptional: !required.includes(name) },
      ...within(each, schema, path, opened),
    ];
  });
}

function within(part, schema, path, above) {
  if (part.$ref) {
    if (above.has(part.$ref)) return [];
    return within(resolve(part, schema), schema, path, new Set([...above, part.$ref]));
  }
  if (part.properties) return fieldsOf(part, schema, `${path}.`, above);
  if (part.type === "array" && part.items) return within(part.items, schema, `${path}[]`, above);
  if (part.additionalProperties?.$ref) return within(part.additionalProperties, schema, `${path}.*`, above);
  return (part.oneOf ?? part.anyOf ?? []).flatMap((each) => within(each, schema, path, above));
}

// A type in words: `list of object`, `string (uuid) or null`, `"read" or "write"`.
export function typeOf(part, schema) {
  const whole = resolve(part, schema);
  if (whole.enum) return either(whole.enum.map((value) => JSON.stringify(value)));
  if (whole.const !== undefined) return JSON.stringify(whole.const);
  const several = whole.oneOf ?? whole.anyOf;
  if (several) return either(several.map((each) => typeOf(each, schema)));
  if (whole.type === "array") return `list of ${typeOf(whole.items ?? {}, schema)}`;
  if (whole.additionalProperties && !whole.properties) return `object of ${typeOf(whole.additionalProperties, schema)}`;
  return either([whole.type ?? "anything"].flat()) + (whole.format ? ` (${whole.format})` : "");
}

function either(types) {
  const different = [...new Set(types)];
  return [...different.filter((type) => type !== "null"), ...different.filter((type) => type === "null")].join(" or ");
}

// What else is known: bounds, the default, a sentence.
export function noteOf(part, schema) {
  const whole = { ...unlessNull(resolve(part, schema), schema), ...part };
  const notes = [
    bounds(whole.minimum, whole.maximum, ""),
    bounds(whole.minLength, whole.maxLength, " characters"),
    bounds(whole.minItems, whole.maxItems, " items"),
    isTold(whole.default) && `default ${JSON.stringify(whole.default)}`,
  ].filter(Boolean).join(", ");
  return [part.description, notes && `${notes[0].toUpperCase()}${notes.slice(1)}.`].filter(Boolean).join(" ");
}

// What a part is where it is not null: that may have bounds.
function unlessNull(whole, schema) {
  const kinds = (whole.oneOf ?? whole.anyOf ?? []).map((each) => resolve(each, schema)).filter((each) => each.type !== "null");
  return kinds.length === 1 ? { ...kinds[0], ...whole } : whole;
}

// Whether a default says more than that there is nothing, or what the fields below say.
function isTold(value) {
  return value !== undefined && value !== null && value !== "" && typeof value !== "object";
}

function bounds(least, most, what) {
  if (least !== undefined && most !== undefined) return `${least} to ${most}${what}`;
  if (most !== undefined) return `at most ${most}${what}`;
  return least === undefined ? null : `at least ${least}${what}`;
}

// All that a call can be found by, in lower case.
export function findableText(call, schema) {
  const bodies = [call.requestBody, ...Object.values(call.responses ?? {})].flatMap((holder) => Object.values(holder?.content ?? {}));
  const fields = bodies.flatMap((content) => fieldsOf(content.schema, schema).map((field) => field.path));
  const parameters = (call.parameters ?? []).map((parameter) => parameter.name);
  return [call.method, call.path, call.description ?? call.summary ?? "", ...parameters, ...fields].join(" ").toLowerCase();
}
