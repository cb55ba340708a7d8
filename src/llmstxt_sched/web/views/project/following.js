// What others follow a project by: its feed and its badge.

import { h, replace } from "../../dom.js";
import { copyField } from "../../parts/copy-field.js";

// Where the feed is: what is public needs no token.
export function feedOf({ id, public_url: address }) {
  return address ? beside(address, "feed.xml") : `${location.origin}/api/projects/${id}/feed.xml`;
}

export function following(state, signal) {
  const place = h("div", { class: "stack" });
  state.watch((project, before) => {
    if (before?.public_url !== project.public_url || !before) replace(place, feed(project), project.public_url && badge(project.public_url));
  }, signal);
  return place;
}

function feed(project) {
  return h("div", {}, copyField(feedOf(project), "address of the feed"), h("p", { class: "hint" },
    project.public_url ? "An entry for each new version, for readers of feeds." : [
      "An entry for each new version, for readers of feeds, which sign in with any name and a ", h("a", { href: "/tokens" }, "token"), " as the password. Published projects have a feed and a badge that need none."]));
}

function badge(address) {
  const picture = beside(address, "badge.svg");
  return h("div", {},
    h("p", {}, h("img", { src: new URL(picture).pathname, alt: "The badge of this project" })),
    copyField(`[![llms.txt](${picture})](${address})`, "badge as Markdown"));
}

const beside = (address, name) => address.replace(/[^/]*$/, name);
