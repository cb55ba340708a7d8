// The card of a run that is queued, crawling, or waiting for its next attempt.

import { post } from "../api.js";
import { h, replace } from "../dom.js";
import { count, moment, relative } from "../format.js";
import { duration } from "../measures.js";
import { announce } from "./banner.js";
import { actionButton } from "./busy.js";
import { follow } from "./events.js";

const TITLES = { QUEUED: "is queued", IN_PROGRESS: "is crawling", RETRYING: "waits for its next attempt" };

// {node, update(run)}.  `onStatus()` is told when the run's state is another: its details come with the project.
// `onEnd(run)` is told once, with null where the project is gone or the session has ended.
export function liveRun({ run: first, mayCancel, onStatus, onEnd, signal }) {
  const over = new AbortController();
  signal.addEventListener("abort", () => over.abort());
  const run = { ...first, url: null, pages_per_second: null, seconds_left: null };
  const title = h("h2", {});
  const since = h("span", { class: "quiet small-text" });
  const connection = h("span", { class: "small-text", role: "status" });
  const cancel = mayCancel && actionButton("Cancel run", async () => {
    await post(`/api/runs/${run.id}/cancel`);
    announce("Canceled");
  });
  const fill = h("span", {});
  const bar = h("div", { class: "progress", role: "progressbar", "aria-label": "Pages done of those found", "aria-valuemin": "0", "aria-valuemax": "100" }, fill);
  const figures = h("dl", { class: "figures" });
  const line = h("p", { class: "live-line quiet" });

  function draw() {
    replace(title, `Run #${run.number} ${TITLES[run.status] ?? "is ending"}`);
    drawClock();
    const isCrawling = run.status === "IN_PROGRESS";
    bar.hidden = figures.hidden = !isCrawling;
    line.classList.toggle("mono", isCrawling);
    if (isCrawling) drawProgress();
  }

  function drawClock() {
    const words = lineOf(run);
    if (line.textContent !== words) replace(line, words);
    const from = run.status === "IN_PROGRESS" ? run.started_at : run.created_at;
    replace(since, from && `since ${moment(from).slice(-5)}, ${duration((Date.now() - Date.parse(from)) / 1000)}`);
  }

  function drawProgress() {
    const { found, fetched, unchanged, failed } = run.progress;
    const share = shareOf(run.progress);
    fill.style.setProperty("transform", `scaleX(${share})`);
    bar.ariaValueNow = Math.round(share * 100);
    const left = run.seconds_left;
    replace(figures, [
      figure("found", count(found)), figure("fetched", count(fetched + unchanged)), figure("failed", count(failed)),
      figure(...paceOf(run.pages_per_second)),
      figure("left", left === null ? "–" : duration(left)),
    ]);
  }

  const say = (word) => { if (connection.textContent !== word) replace(connection, word); };
  const clock = setInterval(drawClock, 1000);
  const end = (ended) => {
    over.abort();
    onEnd(ended);
    document.dispatchEvent(new CustomEvent("run-ended"));
  };
  over.signal.addEventListener("abort", () => clearInterval(clock));
  follow(run.id, {
    progress(data) {
      const isOther = data.status !== run.status;
      Object.assign(run, data);
      draw();
      if (!isOther) return;
      announce(`Run #${run.number} ${TITLES[run.status] ?? ""}`);
      onStatus();
    },
    end,
    lost: () => say("Reconnecting"),
    back: () => say(""),
    gone: () => end(null),
  }, over.signal);

  draw();
  const node = h("section", { class: "card live", "aria-label": `Run ${run.number}` },
    h("div", { class: "card-head" }, title, since, connection, h("div", { class: "actions" }, cancel)),
    h("div", { class: "card-body" }, bar, figures, line));
  // What events don't tell.
  function update({ error, attempt, not_before }) {
    Object.assign(run, { error, attempt, not_before });
    draw();
  }
  return { node, update };
}

// The part of the pages found that is done, from 0 to 1.
export function shareOf({ found, fetched, unchanged, failed, skipped }) {
  return found ? Math.min(1, (fetched + unchanged + failed + skipped) / found) : 0;
}

// The unit and how many: a site that asks for half a minute between two requests is read by the minute.
export function paceOf(perSecond) {
  if (perSecond === null || perSecond >= 0.1) return ["pages / s", perSecond === null ? "–" : perSecond.toFixed(1)];
  return ["pages / min", (60 * perSecond).toFixed(1)];
}

function lineOf(run) {
  if (run.status === "QUEUED") return "It begins as soon as a worker is free.";
  if (run.status === "RETRYING") {
    const [at, now] = [Date.parse(run.not_before), Date.now()];
    const next = at - now > 10_000 ? relative(at, now) : "in a moment";
    return `${run.error?.message ?? "The last attempt failed for now"}. Attempt ${run.attempt + 1} begins ${next}.`;
  }
  return run.url ? `GET ${run.url}` : "";
}

function figure(word, value) {
  return h("div", {}, h("dt", {}, word), h("dd", {}, value));
}
