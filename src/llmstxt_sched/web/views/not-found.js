import { h } from "../dom.js";

export default function notFound() {
  return h("div", { class: "page failed-page" },
    h("h1", {}, "Not found"), h("p", {}, "There is no page at this address."), h("a", { class: "button", href: "/projects" }, "All projects"));
}
