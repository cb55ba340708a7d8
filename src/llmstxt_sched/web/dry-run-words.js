// What a dry run found, in sentences.  Pure.

import { count, plural } from "./format.js";
import { duration } from "./measures.js";

const REASONS = {
  scope: "outside of what the project covers", languages: "in a language that is not wanted", include: "that no include pattern matches",
  exclude: "that an exclude pattern matches", robots: "that robots.txt forbids", copy: "of which another form is fetched",
};

const LIMITS = { sitemap_unread: "A sitemap could not be read, so what it lists is missing here." };

// "A run would begin with 24 addresses in https://s.example/docs/, 2 s apart, and go on with what they link to."
export function planSentence({ start_url: start, folder, count: number, delay_seconds: delay }) {
  const pace = delay >= 1 && number > 1 ? `, ${duration(delay)} apart` : "";
  return `A run would begin with ${plural(number, "address", "addresses")} in ${new URL(folder, start).href}${pace}, and go on with what ${number === 1 ? "it links" : "they link"} to.`;
}

// "It would leave out 3 addresses that robots.txt forbids, such as https://s.example/a."; one for each reason.
export function leftOutSentences(takenAway) {
  return takenAway.map(({ reason, count: number, first }) => {
    const why = REASONS[reason] ?? `beyond the limit "${reason.replaceAll("_", " ")}"`;
    return `It would leave out ${plural(number, "address", "addresses")} ${why}, ${number === 1 ? "" : "such as "}${first[0]}.`;
  });
}

// What the owner of the site should mind.
export function warningsOf({ needs_scripts: isEmpty, limits }) {
  return [
    isEmpty && "The start page holds nothing until scripts run in a browser, which no crawl does.",
    ...limits.map((name) => LIMITS[name] ?? `The sitemaps go on beyond the limit "${name.replaceAll("_", " ")}".`),
  ].filter(Boolean);
}

// "the first 200 of 1,200", "all 24".
export function shownWords(shown, all) {
  return shown < all ? `the first ${count(shown)} of ${count(all)}` : `all ${count(all)}`;
}
