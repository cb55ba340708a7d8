// How a site's own CI tells of a deployment: the address to ask, and the token that may do nothing else.

import { get, post, remove } from "../../api.js";
import { h, replace } from "../../dom.js";
import { actionButton } from "../../parts/busy.js";
import { copyField } from "../../parts/copy-field.js";
import { confirmed } from "../../parts/confirm.js";
import { showSecretOnce } from "../../parts/secret-once.js";
import { toast } from "../../parts/toast.js";

export async function pings(project, { mayChange, signal }) {
  const address = `/api/projects/${project.id}/ping`;
  const place = h("div", {});
  const draw = (found) => replace(place, standing(found), mayChange && h("div", { class: "row" },
    actionButton(found.token_created_at ? "New token…" : "Make a token", () => make(found)),
    found.token_created_at && actionButton("Revoke the token…", revoke, { kind: "danger" })));
  const show = async () => draw(await get(address, {}, { signal }));

  async function make({ token_created_at: before }) {
    if (before && !(await confirmed({ title: "Make a new token?", action: "Make it", sentence: "What still uses the one before is refused from now on." }))) return;
    const { token } = await post(`${address}-token`);
    showSecretOnce({ title: "Ping token", label: "token", secret: token, sentence: "Copy it now, into the secrets of your CI: it is shown this once, and may do nothing but ask for a run of this project." });
    await show();
  }

  async function revoke() {
    if (!(await confirmed({ title: "Revoke this token?", action: "Revoke", sentence: "What still uses it is refused from now on. This cannot be taken back." }))) return;
    await remove(`${address}-token`);
    toast("The token is revoked.");
    await show();
  }

  await show();
  return h("div", { class: "stack" },
    h("div", {}, copyField(location.origin + address, "address for pings"),
      h("p", { class: "hint" }, "Your site’s CI asks for a run with POST and the token in the header Authorization, as a bearer. The first ping starts one at once; all in the five minutes after are one more.")),
    place);
}

function standing({ token_created_at: made, last_ping_at: last, due_at: due }) {
  return h("p", {},
    made ? ["Token made ", h("time-ago", { datetime: made }), ". "] : "No token yet. ",
    last ? ["Last ping ", h("time-ago", { datetime: last }), due && [", a run is due ", h("time-ago", { datetime: due })], "."] : "No ping yet.");
}
