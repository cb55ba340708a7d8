import { h } from "../dom.js";

export default function notFound() {
  return h("div", { class: "page" }, h("h1", {}, "Not found"), h("p", {}, "There is no page at this address. ", h("a", { href: "/projects" }, "All projects")));
}
