// The only place that makes nodes.  Text goes in as text, so nothing that is shown can become markup.

const SVG = "http://www.w3.org/2000/svg";
const SAFE_ADDRESS = /^(?:https?:\/\/|\/(?![/\\])|#|\?)/i;

// An element.  `props`: attributes by their names; `on` an object of listeners; true sets an empty attribute, false and
// null none; names in PROPERTIES are set as properties.  Children: nodes, strings, numbers, lists; null and false are left out.
const PROPERTIES = new Set(["value", "checked", "disabled", "selected", "indeterminate", "hidden", "open", "readOnly"]);

export function h(tag, props = {}, ...kids) {
  return fill(document.createElement(tag), props, kids);
}

// The same for SVG.
export function s(tag, props = {}, ...kids) {
  return fill(document.createElementNS(SVG, tag), props, kids);
}

// The address, if a link may lead there; else null.
export function safeAddress(text) {
  return SAFE_ADDRESS.test(text ?? "") ? text : null;
}

function fill(node, props, kids) {
  for (const [name, value] of Object.entries(props)) set(node, name, value);
  node.append(...shown(kids));
  return node;
}

function set(node, name, value) {
  if ((value ?? null) === null || (value === false && !PROPERTIES.has(name))) return;
  if (name === "on") {
    for (const [type, listener] of Object.entries(value)) node.addEventListener(type, listener);
  } else if (PROPERTIES.has(name)) {
    node[name] = value;
  } else if (name === "href" || name === "src") {
    const address = safeAddress(value);
    if (address !== null) node.setAttribute(name, address);
  } else if (name.startsWith("on") || name === "style" || name === "srcdoc") {
    throw new Error(`${name} is not an attribute that h() sets`);
  } else {
    node.setAttribute(name, value === true ? "" : value);
  }
}

const shown = (kids) => kids.flat(Infinity).filter((kid) => (kid ?? false) !== false);

// Puts other children into a node, and leaves it alone where they are the same nodes.
export function replace(node, ...kids) {
  node.replaceChildren(...shown(kids));
  return node;
}

// What `make(name)` makes, as a copy of the first of that name: a list shows the same few pictures hundreds of times, and
// copying one takes a tenth of the time of making it.  For what has no listeners.
export function copies(make) {
  const made = new Map();
  return (name) => {
    if (!made.has(name)) made.set(name, make(name));
    return made.get(name).cloneNode(true);
  };
}

// Whether a click on a link is one that a page may answer itself, and not meant for a new tab or a menu.
export function isPlain({ defaultPrevented, button, metaKey, ctrlKey, shiftKey, altKey }) {
  return !(defaultPrevented || button || metaKey || ctrlKey || shiftKey || altKey);
}

// What a plain click on a link does in place of following it.
export const instead = (act) => (event) => {
  if (!isPlain(event)) return;
  event.preventDefault();
  act();
};

// A new id for what a label or a description points at.
let ids = 0;
export function freshId(stem) {
  ids += 1;
  return `${stem}-${ids}`;
}
