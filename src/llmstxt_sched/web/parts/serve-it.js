// The published address, how the site serves it as its own llms.txt, and whether it does.

import { inTime, post } from "../api.js";
import { h, replace } from "../dom.js";
import { actionButton, busy } from "./busy.js";
import { copyField } from "./copy-field.js";

// `publish` makes the project's documents public; null for those who may not.
export function serveIt(project, { publish, mayCheck }) {
  if (!project.public_url) return unpublished(publish);
  return h("div", { class: "stack" },
    copyField(project.public_url, "public address"), howTo(project.public_url, `${project.folder}llms.txt`), mayCheck && servedCheck(project));
}

function unpublished(publish) {
  return h("div", {},
    h("p", {}, "Only people who are signed in, and API tokens, can read these documents."),
    publish && [h("p", { class: "quiet small-text" }, "Publish them at an address that needs no token, so that your site can serve them."), actionButton("Publish", publish)]);
}

function howTo(address, path) {
  const place = h("div", {});
  const show = async () => {
    const { recipeTabs } = await inTime(import("./recipe-tabs.js"));
    replace(place, recipeTabs(address, path));
  };
  const details = h("details", { class: "serve-it", on: { toggle: () => place.firstChild || busy(details, show) } },
    h("summary", {}, `Serve it as ${path} on your site`), place);
  return details;
}

function servedCheck(project) {
  const answer = h("p", { class: "served small-text", role: "status" });
  return h("div", {},
    actionButton("Check your site", async () => {
      replace(answer, "Asking the site…");
      try {
        const served = await post(`/api/projects/${project.id}/served-check`, null, { isQuestion: true });
        answer.className = `served small-text ${served.is_current ? "good-text" : "danger-text"}`;
        replace(answer, served.message);
      } catch (error) {
        replace(answer);
        throw error;
      }
    }), answer);
}
