// What could not be loaded is said above what was there before, which stays.

import { ANSWERS_AGAIN } from "../api.js";
import { h, replace } from "../dom.js";

export function errorBanner(error, again) {
  // Of those that a service that is away leaves in one view, the style shows the first.
  return h("div", { class: `banner error${isAway(error) ? " away" : ""}`, role: "alert" },
    h("p", {}, error.message), again && h("button", { class: "button small", type: "button", on: { click: again } }, "Try again"));
}

const said = new WeakMap();
const waiting = new Set();

// Says it in `place`, and does `again` by itself as soon as a service that was away answers.  The same banner stays:
// one that is made anew would be read out at each poll, and take the focus from its button.
export function sayTrouble(place, error, again) {
  const before = said.get(place);
  const isSame = isSaid(place) && before.message === error.message;
  const banner = isSame ? before.banner : errorBanner(error, () => said.get(place).again());
  said.set(place, { message: error.message, banner, again });
  if (!isSame) replace(place, banner);
  if (!isAway(error)) return;
  waiting.add(place);
  document.addEventListener(ANSWERS_AGAIN, retryAll);
}

const isSaid = (place) => said.get(place)?.banner.parentNode === place;

// Code that did not come is not asked for again by anything but another load of the page.
const isAway = (error) => error.status === 0 && !error.isOfPage;

function retryAll() {
  const places = [...waiting];
  waiting.clear();
  for (const place of places) if (isSaid(place)) said.get(place).again();
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
