// A button that opens a list of things to do (the menu button of the ARIA practices).

import { freshId, h, replace } from "../dom.js";

// `button`: {label, content, class}; for `items` see opensMenu().
export function menu(button, items) {
  return opensMenu(menuButton(button), items);
}

// The button in its holder, which does nothing yet.
export function menuButton({ label, content, class: kind = "icon-button" }) {
  return h("span", { class: "menu-holder" },
    h("button", { class: kind, type: "button", "aria-label": label, "aria-haspopup": "menu", "aria-expanded": "false" }, content));
}

// Has the button of a holder open a list, which is made when it is first opened: most in a long table never are.  Items:
// {text, act | href, isDanger, isTitle, disabled}; a function is asked for them at each opening.
export function opensMenu(holder, items) {
  const opener = holder.firstElementChild;
  let list = null;
  opener.addEventListener("click", () => (list?.hidden === false ? close() : open(0)));
  opener.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); open(event.key === "ArrowUp" ? -1 : 0); }
  });
  const draw = () => replace(list, (typeof items === "function" ? items() : items).filter(Boolean).map((item) => entry(item)));
  const entries = () => [...list.querySelectorAll('[role="menuitem"]:not([aria-disabled])')];

  function open(which) {
    list ??= made();
    draw();
    list.hidden = false;
    list.classList.remove("up");
    if (list.getBoundingClientRect().bottom > innerHeight) list.classList.add("up");
    opener.ariaExpanded = "true";
    entries().at(which)?.focus();
    document.addEventListener("pointerdown", outside);
  }
  function close({ refocus = false } = {}) {
    list.hidden = true;
    opener.ariaExpanded = "false";
    document.removeEventListener("pointerdown", outside);
    if (refocus) opener.focus();
  }
  function outside(event) { if (!holder.contains(event.target)) close(); }

  function entry(item) {
    if (item.isTitle) return h("li", { class: "menu-title", role: "presentation" }, item.text);
    const props = { class: item.isDanger ? "danger" : null, role: "menuitem", tabindex: "-1", "aria-disabled": item.disabled ? "true" : null };
    const act = (event) => {
      if (item.disabled) return;
      close({ refocus: !item.href });
      if (item.act) { event.preventDefault(); item.act(); }
    };
    return h("li", { role: "none" }, item.href
      ? h("a", { ...props, href: item.href, on: { click: act } }, item.text)
      : h("button", { ...props, type: "button", on: { click: act } }, item.text));
  }

  function made() {
    const id = freshId("menu");
    const node = h("ul", { class: "menu", id, role: "menu", "aria-label": opener.ariaLabel, hidden: true, on: { keydown: moved } });
    opener.setAttribute("aria-controls", id);
    holder.append(node);
    return node;
  }
  function moved(event) {
    const all = entries();
    const here = all.indexOf(document.activeElement);
    const to = { ArrowDown: (here + 1) % all.length, ArrowUp: (here - 1 + all.length) % all.length, Home: 0, End: all.length - 1 }[event.key];
    if (to !== undefined) { event.preventDefault(); all[to].focus(); }
    if (event.key === "Escape") { event.preventDefault(); close({ refocus: true }); }
    if (event.key === "Tab") close();
  }
  return holder;
}
