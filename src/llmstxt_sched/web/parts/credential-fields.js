// What the crawl sends along to a site behind a login: it can be written, replaced and removed, and never read again.

import { ApiError } from "../api.js";
import { credentialWords, pairsIn } from "../credentials.js";
import { h, replace } from "../dom.js";
import { field } from "./form.js";

const LINES = [
  ["headers", "Headers", ":", "Authorization: Bearer …", "One a line: a name, a colon, a value."],
  ["cookies", "Cookies", "=", "session=…", "One a line: a name, an equals sign, a value."],
];

// {node, value(), clear()}: `value()` is what the API takes, null to remove what is set, undefined where nothing was
// written; an ApiError for a line that has no value.  `state` is the project's.
export function credentialFields(state, signal) {
  const quiet = { autocomplete: "off", autocapitalize: "none", spellcheck: "false" };
  const texts = LINES.map(([name, , , placeholder]) => h("textarea", { name: `credentials.${name}`, rows: 2, placeholder, ...quiet }));
  const user = h("input", { name: "credentials.basic.user", type: "text", ...quiet });
  // "new-password", or the browser fills in the one of this service.
  const password = h("input", { name: "credentials.basic.password", type: "password", autocomplete: "new-password" });
  const remove = h("input", { name: "credentials.remove", type: "checkbox" });
  const removal = field("Remove what is set", remove);
  removal.classList.add("check");
  const told = h("p", {});
  state.watch(({ credentials }) => {
    removal.hidden = !credentials;
    replace(told, credentials
      ? [h("strong", {}, "Set: "), `${credentialWords(credentials)}, written `, h("time-ago", { datetime: credentials.set_at }), ". What you write here takes the place of all of it."]
      : "Nothing is set: the site is read as anybody sees it.");
  }, signal);
  const origin = new URL(state.project.url).origin;
  const node = h("div", {}, told,
    h("p", { class: "hint" }, `They are sent to ${origin} and nowhere else, stored encrypted, and not shown again.${origin.startsWith("http:") ? " Without https, whoever is on the way can read them." : ""} What such a site says is public where the project publishes it.`),
    h("div", { class: "fields" }, texts.map((control, at) => field(LINES[at][1], control, { hint: LINES[at][4] }))),
    h("div", { class: "fields" }, field("User", user), field("Password", password)), removal);

  function value() {
    const [headers, cookies] = LINES.map(([name, , sign, , hint], at) => {
      const pairs = pairsIn(texts[at].value, sign);
      if (!pairs) throw new ApiError(422, { errors: [{ field: `credentials.${name}`, message: hint }] });
      return pairs;
    });
    const basic = user.value || password.value ? { user: user.value, password: password.value } : null;
    if (basic || texts.some((control) => control.value.trim())) return { headers, cookies, basic };
    return remove.checked ? null : undefined;
  }
  function clear() {
    for (const control of [...texts, user, password]) control.value = "";
    remove.checked = false;
  }
  return { node, value, clear };
}
