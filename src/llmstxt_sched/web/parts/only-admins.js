// What everybody else sees on a page for admins.

import { h } from "../dom.js";

export function onlyAdmins(title) {
  return h("div", { class: "page" }, h("h1", {}, title),
    h("p", {}, "Only admins see this page. If you need it, ask one to change your role."),
    h("p", {}, h("a", { href: "/projects" }, "All projects")));
}
