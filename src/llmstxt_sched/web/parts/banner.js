// What could not be loaded is said above what was there before, which stays.

import { h } from "../dom.js";

export function errorBanner(error, again) {
  return h("div", { class: "banner error", role: "alert" },
    h("p", {}, error.message), again && h("button", { class: "button small", type: "button", on: { click: again } }, "Try again"));
}

export function emptyState(title, sentence, action = null) {
  return h("div", { class: "empty" }, h("h2", {}, title), h("p", { class: "quiet" }, sentence), action);
}

// Tells those who listen to the page instead of looking at it.
export function announce(sentence) {
  const place = document.getElementById("announcer");
  place.textContent = "";
  setTimeout(() => { place.textContent = sentence; }, 50);
}
