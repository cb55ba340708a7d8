// `/users`: who may sign in, and what they may do; for admins.

import { get, patch, post, remove } from "../api.js";
import { freshId, h } from "../dom.js";
import { freshKey } from "../keys.js";
import { emptyState } from "../parts/banner.js";
import { actionButton, busy } from "../parts/busy.js";
import { confirmed } from "../parts/confirm.js";
import { icon } from "../parts/icons.js";
import { onlyAdmins } from "../parts/only-admins.js";
import { pagedTable } from "../parts/paged-table.js";
import { toast } from "../parts/toast.js";
import { ROLES, wordOf } from "../roles.js";
import { openInviteDialog, showLink } from "./users/invite.js";
import { openSignOutDialog } from "./users/sign-out.js";

// Enough for one page, so that the last admin is known.
const LIMIT = 200;

export default async function users({ me, may, knowMe, router, signal }) {
  if (!may("admin")) return onlyAdmins("Users");
  let isFirst = false;
  const invite = () => openInviteDialog(isFirst, () => table.again());

  const table = pagedTable({
    label: "Users", limit: LIMIT,
    empty: () => emptyState("No user yet", "You are signed in by a token that is nobody’s. Whoever is invited first is an admin.",
      h("button", { class: "button primary", type: "button", on: { click: invite } }, icon("add"), "Invite")),
    // Whether somebody is the last admin is part of what their row shows.
    load: async (page) => {
      const found = await get("/api/users", page, { signal });
      const admins = found.items.filter((user) => user.role === "admin").length;
      isFirst = !found.items.length;
      const isWhole = !page.cursor && !found.next_cursor;
      return { ...found, items: found.items.map((user) => ({ ...user, isLast: isWhole && admins === 1 && user.role === "admin" })) };
    },
    columns: [
      { title: "Name", isHeader: true, cell: (user) => [user.name, user.id === me.user.id && [" ", h("span", { class: "tag" }, "you")]] },
      { title: "Role", cell: (user) => roleControl(user, setRole) },
      { title: "Signs in by", cell: (user) => (user.has_password ? "password or link" : "link") },
      { title: "Created", cell: (user) => h("time-ago", { datetime: user.created_at }) },
      { title: "Last seen", cell: (user) => (user.last_seen_at ? h("time-ago", { datetime: user.last_seen_at }) : h("span", { class: "quiet" }, "not yet")) },
      { title: "Actions", isActions: true, cell: (user) => h("div", { class: "row" },
        rowButton("Sign-in link", `New sign-in link for ${user.name}`, (button) => newLink(user, button)),
        rowButton("Sign out", `Sign out ${user.name} everywhere`, () => openSignOutDialog(user, user.id === me.user.id)),
        rowButton("Remove", `Remove ${user.name}`, (button) => removeUser(user, button), { class: "danger", disabled: user.isLast })) },
    ],
  });

  async function setRole(user, role, button) {
    const isSelf = user.id === me.user.id;
    if (isSelf && !(await confirmed({ title: "Give up your own role?", action: "Give up", sentence: `You are an admin now. As ${wordOf(ROLES, role).toLowerCase()} you cannot take this back yourself.` }))) return;
    await busy(button, async () => {
      await patch(`/api/users/${user.id}`, { role });
      toast(`${user.name}: ${wordOf(ROLES, role)} now.`);
      if (isSelf) {
        await knowMe();
        router.go("/projects");
      } else {
        await table.again();
      }
    });
  }

  async function newLink(user, button) {
    await busy(button, async () => showLink(user, await post(`/api/users/${user.id}/link`, null, { key: freshKey() })));
  }

  async function removeUser(user, button) {
    const isSelf = user.id === me.user.id;
    const isSure = await confirmed({
      title: `Remove ${user.name}?`, action: "Remove",
      sentence: `${isSelf ? "You are" : "This person is"} signed out everywhere, and ${isSelf ? "your" : "their"} API tokens stop working at once. Projects and runs stay.`,
    });
    if (!isSure) return;
    await busy(button, async () => {
      await remove(`/api/users/${user.id}`);
      if (isSelf) return void location.assign("/login");
      toast(`${user.name} is removed.`);
      await table.again();
    });
  }

  await table.show();
  return h("div", { class: "page" },
    h("div", { class: "head" },
      h("div", {}, h("h1", {}, "Users"), h("p", { class: "quiet" }, "Everybody here sees all projects; their role says what they may change.")),
      h("div", { class: "actions" }, actionButton([icon("add"), "Invite"], invite, { kind: "primary" }))),
    h("div", { class: "card users" }, table.node));
}

function rowButton(word, label, act, { class: kind = "", disabled = false } = {}) {
  return h("button", { class: `button small ${kind}`, type: "button", "aria-label": label, disabled, on: { click: (event) => act(event.currentTarget) } }, word);
}

// Nothing is sent before Save: with the arrow keys, a select passes through the roles in between.
function roleControl(user, setRole) {
  const reason = freshId("reason");
  const save = h("button", { class: "button small primary", type: "button", hidden: true, "aria-label": `Save the role of ${user.name}` }, "Save");
  const select = h("select", { class: "input", "aria-label": `Role of ${user.name}`, disabled: user.isLast, "aria-describedby": user.isLast ? reason : null },
    ROLES.map(({ value, word }) => h("option", { value, selected: value === user.role }, word)));
  select.addEventListener("change", () => { save.hidden = select.value === user.role; });
  save.addEventListener("click", () => { select.focus(); setRole(user, select.value, save); });
  return [h("div", { class: "role" }, select, save),
    user.isLast && h("span", { class: "sub", id: reason }, "The only admin: make somebody else one first.")];
}
