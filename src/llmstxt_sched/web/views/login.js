// Signing in: by the one-time link, by name and password, or by an API token.

import { post } from "../api.js";
import { h, replace } from "../dom.js";
import { clearErrors, field, formError, onSubmit, showErrors } from "../parts/form.js";
import { ownPath } from "../paths.js";

// Says when somebody last signed in with this browser, to its other tabs.
const MARK = "signed-in";

export default async function login({ query, me, knowMe, may, router, signal }) {
  const secret = takeSecret();
  const next = ownPath(query.get("next")) ?? "/projects";
  async function signIn(proof) {
    await post("/api/sessions", proof, { isQuestion: true });
    localStorage.setItem(MARK, Date.now());
    const known = await knowMe();
    await router.go(known.is_first_start && may("editor") ? "/start" : next, { replace: true });
  }
  if (!secret && me) return void router.go(next, { replace: true });
  // Whoever signs in in another tab need not do so here as well.
  addEventListener("storage", async ({ key }) => {
    if (key === MARK && (await knowMe().catch(() => null))) router.go(next, { replace: true });
  }, { signal });
  if (!secret) return page(signIn, null);
  try {
    return void (await signIn({ link: secret }));
  } catch (error) {
    if (error.status === undefined) throw error;
    // An answer that did not come, or came too early, leaves the link as good as it was.
    const again = error.status === 0 || error.status >= 429 ? () => signIn({ link: secret }) : null;
    return page(signIn, { message: error.message, again });
  }
}

// The secret of a one-time link, which stands in no history and no bookmark from here on.
function takeSecret() {
  const secret = location.hash.slice(1);
  if (secret) history.replaceState(null, "", location.pathname + location.search);
  return secret;
}

function page(signIn, trouble) {
  const forms = h("div");
  const show = (make) => { replace(forms, make()); forms.querySelector("input").focus(); };
  const byPassword = () => form([
    field("Name", h("input", { name: "name", type: "text", autocomplete: "username", autocapitalize: "none", spellcheck: "false", autofocus: true, required: true })),
    field("Password", h("input", { name: "password", type: "password", autocomplete: "current-password", required: true })),
  ], "password", (given) => signIn({ name: given.get("name").trim(), password: given.get("password") }), ["Use an API token", () => show(byToken)]);
  const byToken = () => form([
    field("API token", h("input", { name: "token", type: "password", autocomplete: "off", autofocus: true, required: true }), { hint: "It begins with llms_." }),
  ], "token", (given) => signIn({ token: given.get("token").trim() }), ["Use name and password", () => show(byPassword)]);
  replace(forms, byPassword());
  return h("div", { class: "page login" },
    h("h1", {}, "Sign in"),
    trouble && linkTrouble(trouble),
    h("div", { class: "card card-body" }, forms),
    h("p", { class: "quiet small-text" }, "No password yet, or forgotten? Ask an admin for a new link; whoever has the service's shell makes one with ", h("code", { class: "nowrap" }, "llmstxt-sched sign-in"), "."));
}

function linkTrouble({ message, again }) {
  const words = h("p", {}, message);
  return h("div", { class: "banner error", role: "alert" }, words, again && h("button", { class: "button small", type: "button", on: { click: async () => {
    try {
      await again();
    } catch (error) {
      replace(words, error.message);
    }
  } } }, "Try again"));
}

// `secret` names the field in which the focus stays where the answer is no.
function form(fields, secret, send, [word, other]) {
  const node = h("form", {}, formError(), fields,
    h("div", { class: "row" }, h("button", { class: "button primary", type: "submit" }, "Sign in"),
      h("button", { class: "button link", type: "button", on: { click: other } }, word)));
  return onSubmit(node, async (given) => {
    try {
      await send(given);
    } catch (error) {
      if (error.status !== 401) throw error;
      clearErrors(node);
      showErrors(node, error);
      node.elements[secret].focus();
      node.elements[secret].select();
    }
  });
}
