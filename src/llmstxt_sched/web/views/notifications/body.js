// Who is told, the log of deliveries, and what happened: of one project, or of all.

import { inTime } from "../../api.js";
import { h, replace } from "../../dom.js";
import { actionButton } from "../../parts/busy.js";
import { icon } from "../../parts/icons.js";
import { segmented } from "../../parts/segmented.js";

// Each is fetched when it is first shown.
const TABLES = {
  targets: async (shown) => (await inTime(import("./targets.js"))).targetTable(shown),
  deliveries: async (shown) => (await inTime(import("./deliveries.js"))).deliveryTable(shown),
  events: async (shown) => (await inTime(import("./events.js"))).eventTable(shown),
};
const SHOWN = [["targets", "Who is told"], ["deliveries", "Deliveries"], ["events", "Events"]];

// {node, controls}: the controls stand beside the heading.  `projectId` is null for all projects.
export async function notificationsBody({ me, may, query, router, signal }, projectId) {
  const isOfOne = projectId !== null;
  const mayAdd = may(isOfOne ? "editor" : "admin");
  const mayChange = (target) => may(target.project_id ? "editor" : "admin");
  const shown = { projectId, mayAdd, mayChange, mayResend: may("editor"), sendsMail: me.sends_mail, query, router, signal };
  const place = h("div", { class: "card" });
  const asked = query.get("show");
  let targets;

  async function draw(what) {
    const made = await TABLES[what](shown);
    targets = what === "targets" ? made : null;
    add.hidden = !targets || !mayAdd;
    await made.show();
    replace(place, made.node);
  }
  const add = actionButton([icon("add"), "Tell somebody"], async () => targets?.add(), { kind: "primary" });
  const first = SHOWN.some(([value]) => value === asked) ? asked : "targets";
  const choice = segmented("What to show", SHOWN, first, (what) => {
    router.query({ show: what === "targets" ? null : what, status: null, kind: null });
    return draw(what);
  });
  await draw(first);
  return { node: place, controls: h("div", { class: "actions" }, choice, add) };
}
