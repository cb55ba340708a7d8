// `/notifications`: who is told of what happens to any project.

import { h } from "../dom.js";
import { notificationsBody } from "./notifications/body.js";

export default async function notifications(context) {
  const { node, controls } = await notificationsBody(context, null);
  return h("div", { class: "page" },
    h("div", { class: "head" },
      h("div", {}, h("h1", {}, "Notifications"), h("p", { class: "quiet" }, "Webhooks, chats, mail and repositories that are told of what happens. Those of one project are on its own page, too.")),
      controls),
    node);
}
