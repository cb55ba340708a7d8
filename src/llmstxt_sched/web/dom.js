// The only place that makes nodes.  Text goes in as text, so nothing that is shown can become markup.

const ATTRIBUTES = new Set(["class", "href", "id", "open", "role", "scope"]);

// An element with attributes and children; strings become text, null and undefined nothing.
export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (!ATTRIBUTES.has(name)) throw new Error(`${name} is not an attribute that h() sets`);
    if (name === "href" && !/^(\/|#|https?:)/.test(value)) throw new Error(`${value} is not an address that h() lets through`);
    node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}
