// Where one is signed in.

import { get, remove } from "../../api.js";
import { deviceOf } from "../../device.js";
import { h } from "../../dom.js";
import { actionButton, busy } from "../../parts/busy.js";
import { confirmed } from "../../parts/confirm.js";
import { pagedTable } from "../../parts/paged-table.js";
import { toast } from "../../parts/toast.js";

export function sessionList({ owns_account: mayEnd }, signal) {
  const everywhere = actionButton("Sign out everywhere else", endOthers);
  everywhere.hidden = true;
  const title = h("h2", { tabindex: "-1" }, "Signed in at");
  const table = pagedTable({
    label: "Your sessions", limit: 20, empty: () => null,
    load: async (page) => {
      const found = await get("/api/sessions", page, { signal });
      everywhere.hidden = !mayEnd || found.items.every((session) => session.is_current);
      return found;
    },
    columns: [
      { title: "Device", isHeader: true, cell: (session) => [h("span", { title: session.user_agent }, deviceOf(session.user_agent)), session.is_current && [" ", h("span", { class: "tag" }, "this one")]] },
      { title: "Address", cell: (session) => h("span", { class: "mono address" }, session.address) },
      { title: "Last used", cell: (session) => h("time-ago", { datetime: session.last_used_at }) },
      { title: "Signed in", cell: (session) => h("time-ago", { datetime: session.created_at }) },
      { title: "Actions", isActions: true, cell: (session) => mayEnd && !session.is_current && h("button", {
        class: "button small", type: "button", "aria-label": `Sign out ${deviceOf(session.user_agent)}, ${session.address}`,
        on: { click: (event) => end(session, event.currentTarget) },
      }, "Sign out") },
    ],
  });

  function end(session, button) {
    return busy(button, async () => {
      await remove(`/api/sessions/${session.id}`).catch(unlessGone);
      toast(`${deviceOf(session.user_agent)} is signed out.`);
      await table.again();
    });
  }

  async function endOthers() {
    const isSure = await confirmed({ title: "Sign out everywhere else?", sentence: "Every session of yours but this one ends.", action: "Sign out" });
    if (!isSure) return;
    const { items } = await get("/api/sessions", { limit: 200 });
    for (const { id } of items.filter((session) => !session.is_current)) await remove(`/api/sessions/${id}`).catch(unlessGone);
    toast("You are signed out everywhere else.");
    await table.show();
    // The button, which had the focus, is gone.
    title.focus();
  }

  return {
    show: table.show,
    node: h("section", { class: "card" }, h("div", { class: "card-head" }, title, h("div", { class: "actions" }, everywhere)), table.node),
  };
}

// It has ended by itself meanwhile.
function unlessGone(error) {
  if (error.status !== 404) throw error;
}
