// The processes that crawl, and what each of them does now.

import { h } from "../../dom.js";
import { count, plural } from "../../format.js";

// Without a heartbeat for so long, a worker has most likely stopped; its list is kept for a day.
const SILENT_SECONDS = 120;

// `now` is the server's time, in milliseconds.
export function workerList(workers, now) {
  const isSilent = ({ last_heartbeat_at: at }) => at !== null && now - Date.parse(at) > SILENT_SECONDS * 1000;
  const stopped = workers.filter((each) => isSilent(each) && !each.runs.length);
  const shown = workers.filter((each) => !stopped.includes(each));
  return [
    shown.length > 0 && h("ul", { class: "workers" }, shown.map((each) => worker(each, isSilent(each)))),
    !shown.length && h("p", {}, "No worker runs. What is queued waits until one starts."),
    stopped.length > 0 && h("p", { class: "quiet small-text" }, `${plural(stopped.length, "worker")} stopped within the last day.`),
  ];
}

function worker({ id, last_heartbeat_at: heartbeat, runs }, isSilent) {
  return h("li", {},
    h("div", { class: "worker-head" },
      h("h3", {}, "Worker ", h("span", { class: "mono", title: id }, id.slice(0, 8))),
      h("span", { class: "quiet" }, runs.length ? plural(runs.length, "run") : "idle"),
      heartbeat && h("span", { class: isSilent ? "danger-text" : "quiet" }, isSilent ? "silent, last heard " : "heard ", h("time-ago", { datetime: heartbeat }))),
    runs.length > 0 && h("ul", { class: "worker-runs" }, runs.map(run)));
}

function run({ project_id: project, project_name: name, started_at: started, progress }) {
  return h("li", {},
    h("a", { href: `/projects/${project}` }, name),
    h("span", { class: "quiet" }, progress && `${count(visited(progress))} of ${count(progress.found)} pages, `, "began ", h("time-ago", { datetime: started })),
    progress?.found > 0 && bar(progress));
}

const visited = ({ fetched, unchanged, failed, skipped }) => fetched + unchanged + failed + skipped;

function bar(progress) {
  const filled = h("span");
  filled.style.setProperty("transform", `scaleX(${Math.min(1, visited(progress) / progress.found)})`);
  return h("div", { class: "progress", "aria-hidden": "true" }, filled);
}
