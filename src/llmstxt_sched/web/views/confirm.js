// `/notifications/confirm#token=…`: the owner of a mail address says that they want mail.  It takes a click: scanners of
// mail follow links, and no account.

import { post } from "../api.js";
import { h, replace } from "../dom.js";
import { actionButton } from "../parts/busy.js";

export default async function confirm() {
  const token = new URLSearchParams(location.hash.slice(1)).get("token") ?? "";
  const place = h("div", { class: "card card-body stack" },
    h("p", {}, "This address is told of nothing before you say so."),
    actionButton("Send me mail", async () => {
      try {
        const { address, project_name: name } = await post("/api/notifications/confirm", { token });
        replace(place, h("p", { role: "status" }, `${address} is told of ${name ?? "all projects"} from now on. Each mail has a link that ends it.`));
      } catch (error) {
        if (![404, 422].includes(error.status)) throw error;
        replace(place, h("p", { role: "alert" }, "This link is not valid any more: it was used, a newer one was sent, or it is older than seven days. Ask whoever added you to send another."));
      }
    }, { kind: "primary" }));
  return h("div", { class: "page login" }, h("h1", {}, "Confirm your address"), place);
}
