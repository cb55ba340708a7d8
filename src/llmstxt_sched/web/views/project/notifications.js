// The tab of who is told of what happens to this project.

import { h } from "../../dom.js";
import { notificationsBody } from "../notifications/body.js";

export default async function notifications(context) {
  const { node, controls } = await notificationsBody(context, context.state.project.id);
  return h("div", { class: "stack" },
    h("div", { class: "head" },
      h("div", {}, h("h2", {}, "Notifications"), h("p", { class: "quiet" }, "Who is told of ", h("a", { href: "/notifications" }, "all projects"), " is told of this one, too.")),
      controls),
    node);
}
