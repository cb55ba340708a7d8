// `/tokens`: what scripts sign in with.

import { get, remove } from "../api.js";
import { h } from "../dom.js";
import { exactly } from "../format.js";
import { emptyState } from "../parts/banner.js";
import { actionButton, busy } from "../parts/busy.js";
import { confirmed } from "../parts/confirm.js";
import { icon } from "../parts/icons.js";
import { pagedTable } from "../parts/paged-table.js";
import { segmented } from "../parts/segmented.js";
import { toast } from "../parts/toast.js";
import { SCOPES, wordOf } from "../roles.js";
import { openTokenDialog } from "./tokens/create.js";

export default async function tokens({ me, may, query, router, signal }) {
  // Who is signed in by a token that is nobody's has none of their own, and sees all.
  const isNobody = me.user.id === null;
  let isAll = may("admin") && (isNobody || query.get("of") === "all");
  const create = () => openTokenDialog(me.user.role, () => table.show());
  const holder = h("div", { class: "card" });
  let table;

  async function draw() {
    table = pagedTable({
      label: isAll ? "Everybody’s API tokens" : "Your API tokens",
      columns: [...COLUMNS.slice(0, 2), isAll && OWNER, ...COLUMNS.slice(2), actions(revoke)].filter(Boolean),
      load: (page) => get("/api/tokens", { ...page, user: isAll ? "all" : null }, { signal }),
      empty: () => emptyState("No token yet", "A script signs in with a token of its own: make one for each, so that each can be revoked alone.",
        h("button", { class: "button primary", type: "button", on: { click: create } }, icon("add"), "New token")),
    });
    await table.show();
    holder.replaceChildren(table.node);
  }

  async function revoke(token, button) {
    const isSure = await confirmed({
      title: "Revoke this token?", action: "Revoke",
      sentence: `What still uses “${token.name}” is refused from now on. This cannot be taken back.`,
    });
    if (!isSure) return;
    await busy(button, async () => {
      await remove(`/api/tokens/${token.id}`).catch(unlessGone);
      toast(`“${token.name}” is revoked.`);
      await table.again();
    });
  }

  await draw();
  return h("div", { class: "page" },
    h("div", { class: "head" },
      h("div", {}, h("h1", {}, "API tokens"), h("p", { class: "quiet" }, "For scripts, which can do all that these pages do. ", h("a", { href: "/api/docs" }, "The API’s documentation"))),
      h("div", { class: "actions" },
        may("admin") && !isNobody && segmented("Whose tokens", [[false, "Mine"], [true, "Everybody’s"]], isAll, (choice) => {
          isAll = choice;
          router.query({ of: isAll ? "all" : null });
          draw();
        }),
        actionButton([icon("add"), "New token"], create, { kind: "primary" }))),
    holder);
}

// Somebody else was faster.
function unlessGone(error) {
  if (error.status !== 404) throw error;
}

const when = (at, otherwise) => (at ? h("time-ago", { datetime: at }) : h("span", { class: "quiet" }, otherwise));

function expiry({ expires_at: at }) {
  if (!at) return h("span", { class: "quiet" }, "never");
  const isOver = Date.parse(at) <= Date.now();
  return h("span", { class: isOver ? "danger-text" : null }, isOver && "expired ", when(at), h("span", { class: "sub" }, exactly(at)));
}

const OWNER = { title: "Owner", cell: ({ user }) => user?.name ?? h("span", { class: "quiet" }, "nobody") };
const COLUMNS = [
  { title: "Name", isHeader: true, cell: (token) => token.name },
  { title: "Scope", cell: (token) => h("span", { class: "tag" }, wordOf(SCOPES, token.scope)) },
  { title: "Created", cell: (token) => when(token.created_at) },
  { title: "Last used", cell: (token) => when(token.last_used_at, "never") },
  { title: "Expires", cell: expiry },
];

function actions(revoke) {
  return { title: "Actions", isActions: true, cell: (token) =>
    h("button", { class: "button small danger", type: "button", "aria-label": `Revoke ${token.name}`, on: { click: (event) => revoke(token, event.currentTarget) } }, "Revoke") };
}
