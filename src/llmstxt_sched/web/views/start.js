// The first project: one field.

import { siteAddress } from "../addresses.js";
import { ApiError, post } from "../api.js";
import { DAILY } from "../cron.js";
import { h } from "../dom.js";
import { ownZone } from "../format.js";
import { requestKeys } from "../keys.js";
import { field, formError, onSubmit } from "../parts/form.js";

const STEPS = [
  ["Crawl", "Follows links and the sitemap on that host, obeys robots.txt."],
  ["Publish", "A stable public URL, ready to proxy from your own /llms.txt."],
  ["Keep fresh", "Re-crawls on schedule, and shows what changed."],
];

export default async function start({ may, router, signal }) {
  if (!may("editor")) return onlyReads();
  const zone = ownZone();
  const address = h("input", { name: "url", type: "text", inputmode: "url", autofocus: true, autocomplete: "url", autocapitalize: "none", spellcheck: "false", placeholder: "https://docs.example.com" });
  const choose = h("a", { href: "/projects/new" }, "Choose a schedule and limits first");
  address.addEventListener("input", () => choose.setAttribute("href", `/projects/new?${new URLSearchParams({ url: address.value })}`));
  const holder = field("Site address", address);
  holder.firstElementChild.classList.add("unseen");
  const form = h("form", { class: "start-form", novalidate: true }, formError(), holder,
    h("button", { class: "button primary", type: "submit" }, "Generate llms.txt"));
  const keyOf = requestKeys();
  onSubmit(form, async () => {
    const url = siteAddress(address.value);
    if (!url) throw new ApiError(422, { errors: [{ field: "url", message: "Write the address of the site." }] });
    const project = await create(url, zone, keyOf, signal);
    await router.go(`/projects/${project.id}`, { replace: true });
  });
  return h("div", { class: "page start" },
    h("h1", {}, "Make your first llms.txt"),
    h("p", { class: "lead" }, `Paste the address of a site. The crawl starts at once, and the file is then refreshed every day at 02:00, ${zone}.`),
    form, h("p", {}, choose),
    h("ol", { class: "steps" }, STEPS.map(([title, words]) => h("li", {}, h("h2", {}, title), h("p", {}, words)))));
}

function onlyReads() {
  return h("div", { class: "page" }, h("h1", {}, "Add a site"),
    h("p", {}, "You may only read here: somebody who may edit adds sites. ", h("a", { href: "/projects" }, "All projects")));
}

// A browser may be in a zone that the server does not know; then it is UTC, to be changed later.
async function create(url, timezone, keyOf, signal) {
  const body = { url, cron_expression: DAILY, timezone, is_enabled: true, is_public: true };
  try {
    return await post("/api/projects", body, { key: keyOf(body), signal });
  } catch (error) {
    if (timezone === "UTC" || !error.errors?.some((each) => each.field === "timezone")) throw error;
    return create(url, "UTC", keyOf, signal);
  }
}
