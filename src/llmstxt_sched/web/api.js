// The only place that asks the server.

import { sentence } from "./format.js";

// What went wrong, as the server says it (RFC 9457); `status` is 0 where nothing answered.
export class ApiError extends Error {
  constructor(status, problem) {
    // To people an id says nothing.
    super(sentence((problem.detail || problem.title || "The service did not answer.").replace(/(\w+) [\da-f-]{36}/, "such $1")));
    this.status = status;
    // `crawl.include[3]` is shown at the field of the whole list.
    this.errors = (problem.errors ?? []).map(({ field, message }) => ({ field: field.replace(/\[.*/, ""), message: sentence(message) }));
  }
}

// Behind a proxy that is dead nothing says no: a page would wait for ever.  A dry run takes a minute.
const READ_SECONDS = 30;
const CHANGE_SECONDS = 120;

// A module that is loaded later, or that it did not come.  A browser does not ask a second time for what it waits for or
// did not get: only another load of the page does.
export async function inTime(module) {
  let timer;
  const late = new Promise((_, isLate) => { timer = setTimeout(() => isLate(new TypeError()), READ_SECONDS * 1000); });
  try {
    return await Promise.race([module, late]);
  } catch (error) {
    // A browser's word for what it did not get; anything else is a mistake in the module.
    if (error.name !== "TypeError") throw error;
    throw Object.assign(new ApiError(0, { detail: "The service does not answer: a part of this page did not come. Reload it." }), { isOfPage: true });
  } finally {
    clearTimeout(timer);
  }
}

let onSignedOut = () => {};

// What to do when the session has ended; the caller's promise is rejected as well, so that a form keeps what is in it.
export function whenSignedOut(act) {
  onSignedOut = act;
}

export const get = (path, query, options) => send("GET", path + queryOf(query), undefined, options);
// `isQuestion`: what changes nothing, or nothing that matters when it is done twice.
export const post = (path, body, options) => send("POST", path, body ?? undefined, options);
export const patch = (path, body, options) => send("PATCH", path, body, options);
export const remove = (path, options) => send("DELETE", path, undefined, options);

// The text of a document.
export const text = (path, options) => ask("GET", path, undefined, options);

// `?a=1&b=2` of what is set; empty for nothing.
export function queryOf(query = {}) {
  const set = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== "");
  return set.length ? `?${new URLSearchParams(set)}` : "";
}

async function send(method, path, body, options) {
  return JSON.parse((await ask(method, path, body, options)) || "null");
}

async function ask(method, path, body, { signal, key, isQuestion } = {}) {
  const headers = {};
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (key) headers["Idempotency-Key"] = key;
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), (method === "GET" ? READ_SECONDS : CHANGE_SECONDS) * 1000);
  let answer;
  let content;
  try {
    answer = await fetch(path, {
      method, headers, signal: signal ? AbortSignal.any([signal, late.signal]) : late.signal, body: JSON.stringify(body),
    });
    content = await answer.text();
  } catch {
    signal?.throwIfAborted();
    const rest = method === "GET" ? "What you see may be old; it is asked again."
      : isQuestion ? "Try again." : "It may be done all the same: look, then try again.";
    throw new ApiError(0, { detail: `The service does not answer. ${rest}` });
  } finally {
    clearTimeout(timer);
  }
  if (answer.ok) return content;
  if (answer.status === 401 && path !== "/api/sessions") {
    onSignedOut();
    throw new ApiError(401, { detail: "Your session has ended. Sign in again." });
  }
  throw new ApiError(answer.status, problemOf(answer.status, content));
}

function problemOf(status, content) {
  try {
    return JSON.parse(content);
  } catch {
    return { detail: `The service answered ${status}.` };
  }
}
