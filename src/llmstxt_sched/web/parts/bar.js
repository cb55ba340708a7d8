// The bar at the top: where one can go, what is going on, who one is.

import { get, remove } from "../api.js";
import { h, replace } from "../dom.js";
import { plural } from "../format.js";
import { icon } from "./icons.js";
import { menu } from "./menu.js";
import { poll } from "./poll.js";
import { isLight, setTheme } from "./themes.js";

const LINKS = [["/projects", "Projects"], ["/scheduler", "Scheduler"], ["/notifications", "Notifications"], ["/tokens", "API tokens"]];
const ADMIN_LINKS = [["/users", "Users"], ["/audit", "Audit"]];
const POLL_SECONDS = 15;

let drawnFor;
let activity;

document.addEventListener("run-ended", () => activity?.now());

export function drawBar(me, router) {
  const bar = document.getElementById("bar");
  if (!me) {
    drawnFor = null;
    activity?.stop();
    replace(bar, h("div", { class: "bar-inner" }, brand("/"), h("span", { class: "grow" }), themeButton()));
    return;
  }
  if (drawnFor !== me) {
    drawnFor = me;
    const links = me.user.role === "admin" ? [...LINKS, ...ADMIN_LINKS] : LINKS;
    const doing = h("a", { class: "doing", href: "/scheduler" });
    replace(bar, h("div", { class: "bar-inner" },
      brand("/projects"),
      h("nav", { "aria-label": "Pages" }, h("ul", {}, links.map(([href, word]) => h("li", {}, h("a", { href }, word))))),
      h("span", { class: "grow" }), doing, themeButton(), account(me, router)));
    activity?.stop();
    activity = poll(async () => {
      const { runs } = await get("/api/overview");
      replace(doing, runs.running || runs.queued ? `${plural(runs.running, "running", "running")} · ${runs.queued} queued` : "");
    }, POLL_SECONDS);
  }
  for (const link of bar.querySelectorAll("nav a")) {
    const isHere = location.pathname.startsWith(link.pathname);
    link.ariaCurrent = isHere ? "page" : null;
  }
}

function brand(href) {
  return h("a", { class: "brand", href }, h("span", { class: "logo", "aria-hidden": "true" }), "llmstxt-sched");
}

function themeButton() {
  return h("button", { class: "icon-button", type: "button", "aria-label": "Switch between light and dark",
    on: { click: () => setTheme(isLight() ? "dark" : "light") } }, icon("theme"));
}

function account(me, router) {
  return menu({ label: `Account of ${me.user.name}`, content: icon("user") }, [
    { text: me.user.name, isTitle: true },
    { text: "Settings", href: "/settings" },
    { text: "API documentation", href: "/api/docs" },
    { text: "Sign out", act: () => remove("/api/sessions/current").then(() => location.assign("/login"), ({ status, message }) => status === 401 || alert(message)) },
  ]);
}
