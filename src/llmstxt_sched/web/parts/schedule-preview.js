// What a schedule means: in words, and when it is due next, as the server computes it.

import { get } from "../api.js";
import { isFixed } from "../cron.js";
import { h, replace } from "../dom.js";

const PATIENCE = 250;
const COUNT = 5;
// What is half typed is not worth a question.
const WHOLE = /^(@\w+|\S+( \S+){4})$/;

// `show(expression, zone)` after each key; only the newest question's answer is shown.  Nothing for null.
export function schedulePreview({ signal }) {
  const words = h("p", { class: "preview-words", "aria-live": "polite" });
  const written = h("code", { class: "quiet" });
  const times = h("ol", { class: "times" });
  const node = h("div", { class: "preview", role: "group", "aria-label": "What this schedule means" },
    h("div", { class: "preview-head" }, words, written), times);
  let timer;
  let asked = "";

  async function ask(expression, zone) {
    const question = (asked = `${expression}\n${zone}`);
    try {
      const answer = await get("/api/schedule/preview", { cron_expression: expression, timezone: zone, count: COUNT }, { signal });
      if (question === asked) draw(answer, expression);
    } catch (error) {
      if (error.name === "AbortError" || question !== asked) return;
      if (error.status === undefined) throw error;
      // One field is shown here.
      say(error.errors?.[0]?.message ?? error.message);
    }
  }
  // In the place of the times: an expression that is none, or not yet one.
  function say(sentence) {
    words.classList.add("unsure");
    replace(words, sentence);
    replace(written);
    replace(times);
  }
  function draw({ text, next }, expression) {
    words.classList.remove("unsure");
    replace(words, text);
    replace(written, expression);
    replace(times, next.map((time) => h("li", {}, h("span", {}, localMoment(time.local), noteOn(time, expression)), h("span", {}, h("time-ago", { datetime: time.utc })))));
  }
  return {
    node,
    show(expression, zone) {
      clearTimeout(timer);
      node.hidden = expression === null;
      if (!WHOLE.test(expression)) {
        asked = "";
        if (!node.hidden) say("Five fields, or a word such as @hourly: then you see here when it is due.");
      } else if (`${expression}\n${zone}` !== asked) {
        timer = setTimeout(ask, asked ? PATIENCE : 0, expression, zone);
      }
    },
  };
}

// The clock's time at the place of the schedule, written as the browser writes the time in the field above it, with the
// year where it is not this one.  The offset is cut off, because a browser need not know every zone that the server knows.
export function localMoment(local, locale = undefined, now = Date.now()) {
  return new Intl.DateTimeFormat(locale, {
    weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", timeZone: "UTC",
    year: +local.slice(0, 4) === new Date(now).getFullYear() ? undefined : "numeric",
  }).format(Date.parse(`${local.slice(0, 19)}Z`));
}

// Two hours a year need a word.
export function clockChange({ note, local }, expression) {
  if (note === "skipped") return `clocks go forward: runs at ${local.slice(11, 16)}`;
  if (note === "repeated") return isFixed(expression) ? "clocks go back: once" : "clocks go back: twice";
  return null;
}

function noteOn(time, expression) {
  const words = clockChange(time, expression);
  return words && h("span", { class: "clock-change" }, words);
}
