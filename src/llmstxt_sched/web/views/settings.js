// `/settings`: one's own account, where one is signed in, and how these pages look.

import { remove } from "../api.js";
import { h, replace } from "../dom.js";
import { actionButton } from "../parts/busy.js";
import { segmented } from "../parts/segmented.js";
import { chosenTheme, setTheme } from "../parts/themes.js";
import { ROLES, wordOf } from "../roles.js";
import { nameForm, passwordForm } from "./settings/account.js";
import { sessionList } from "./settings/sessions.js";

export default async function settings({ me, knowMe, signal }) {
  const sessions = sessionList(me, signal);
  const who = h("p", { class: "quiet" }, whoIs(me));
  const renamed = async () => replace(who, whoIs(await knowMe()));
  await sessions.show();
  return h("div", { class: "page" },
    h("div", { class: "head" },
      h("div", {}, h("h1", {}, "Settings"), who),
      h("div", { class: "actions" }, actionButton("Sign out", signOut))),
    h("div", { class: "stack" },
      me.owns_account ? account(me, knowMe, renamed, sessions) : h("div", { class: "stack" }, byToken(), themeCard()),
      sessions.node));
}

function account(me, knowMe, renamed, sessions) {
  return h("div", { class: "columns even" },
    h("div", { class: "stack" }, card("Name", nameForm(me, renamed)), themeCard()),
    card("Password", passwordPart(me, knowMe, sessions)));
}

// Drawn anew once there is another: what it asks for and says of the one that is set is another then, too.
function passwordPart(me, knowMe, sessions) {
  const place = h("div", {});
  const draw = (who) => replace(place, passwordForm(who, async () => {
    const now = await knowMe();
    if (now) drawAnew(now);
    await sessions.show();
  }));
  function drawAnew(who) {
    const hadFocus = place.contains(document.activeElement);
    draw(who);
    if (hadFocus) place.querySelector("button").focus();
  }
  return draw(me);
}

function byToken() {
  return h("div", { class: "banner" },
    h("p", {}, "You signed in with a token. Sign in by a link or a password to change your name and password, and to end sessions."));
}

function whoIs({ user }) {
  return `You are ${user.name}, and your role is ${wordOf(ROLES, user.role).toLowerCase()}.`;
}

function themeCard() {
  return card("Theme", h("div", { class: "card-body" },
    segmented("Theme", [["system", "As the system"], ["light", "Light"], ["dark", "Dark"]], chosenTheme() ?? "system",
      (theme) => setTheme(theme === "system" ? null : theme))));
}

async function signOut() {
  await remove("/api/sessions/current");
  location.assign("/login");
}

function card(title, body) {
  return h("section", { class: "card" }, h("div", { class: "card-head" }, h("h2", {}, title)), body);
}
