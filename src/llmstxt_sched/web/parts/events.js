// A run's events, as the server sends them.  A dropped stream comes back by itself; until then the caller is told.

import { get } from "../api.js";

const FIRST_WAIT_SECONDS = 1;
const LONGEST_WAIT_SECONDS = 30;
// A connection that died without a word looks like one on which nothing happens.
const SILENCE_SECONDS = 60;

// `on`: {progress(data), end(run), lost(), back(), gone()}.  `end`, or `gone` for a run that is no more or may not be
// seen any more, is the last that is told.
export function follow(runId, on, signal) {
  let source = null;
  let timer;
  let failures = 0;
  let isOver = false;

  function open() {
    close();
    if (isOver || document.hidden) return;
    source = new EventSource(`/api/runs/${runId}/events`);
    source.addEventListener("progress", (event) => { heard(); on.progress(JSON.parse(event.data)); });
    source.addEventListener("end", (event) => { finish(JSON.parse(event.data)); });
    source.addEventListener("drain", () => later());
    // Not left to the browser, which asks at the same pace for ever, and not at all after a refusal.  Each event holds all
    // that is known, so nothing is lost between two streams.
    source.addEventListener("error", () => { on.lost(); later(); });
    watch();
  }

  function heard() {
    failures = 0;
    on.back();
    watch();
  }

  function watch() {
    clearTimeout(timer);
    timer = setTimeout(ask, SILENCE_SECONDS * 1000);
  }

  function later() {
    close();
    timer = setTimeout(ask, waitSeconds(failures, Math.random()) * 1000);
    failures += 1;
  }

  // Whether there is still something to follow; a stream that is refused doesn't say why.
  async function ask() {
    try {
      const run = await get(`/api/runs/${runId}`, {}, { signal });
      if (isOver) return;
      if (run.finished_at) return finish(run);
      // Also where no stream can be had, the figures go on.
      on.progress({ status: run.status, progress: run.progress });
      open();
    } catch (error) {
      if (isOver || error.name === "AbortError") return;
      if (error.status === 404 || error.status === 401) finish(null);
      else { on.lost(); later(); }
    }
  }

  function finish(run) {
    stop();
    if (run) on.end(run);
    else on.gone();
  }

  function close() {
    clearTimeout(timer);
    source?.close();
    source = null;
  }

  // A browser has few connections to a server: a tab that nobody looks at keeps none.
  const seen = () => (document.hidden ? close() : ask());
  function stop() {
    isOver = true;
    close();
    document.removeEventListener("visibilitychange", seen);
  }

  document.addEventListener("visibilitychange", seen);
  signal?.addEventListener("abort", stop);
  open();
  return stop;
}

// How long to wait after so many failures in a row; `chance` from 0 to 1 keeps many tabs from coming back at once.
export function waitSeconds(failures, chance) {
  return Math.min(FIRST_WAIT_SECONDS * 2 ** failures, LONGEST_WAIT_SECONDS) * (0.5 + chance / 2);
}
