// The only place that asks the server.

import { sentence } from "./format.js";

// What went wrong, as the server says it (RFC 9457); `status` is 0 where nothing answered.
export class ApiError extends Error {
  constructor(status, problem) {
    super(sentence(problem.detail || problem.title || "The service did not answer."));
    this.status = status;
    // `crawl.include[3]` is shown at the field of the whole list.
    this.errors = (problem.errors ?? []).map(({ field, message }) => ({ field: field.replace(/\[.*/, ""), message: sentence(message) }));
    this.runId = problem.run_id ?? null;
    this.retryAfter = problem.retry_after ?? null;
  }

  // The message for one field of a form, or null.
  of(field) {
    return this.errors.find((error) => error.field === field)?.message ?? null;
  }
}

let onSignedOut = () => {};

// What to do when the session has ended; the caller's promise is rejected as well, so that a form keeps what is in it.
export function whenSignedOut(act) {
  onSignedOut = act;
}

export const get = (path, query, options) => send("GET", path + queryOf(query), undefined, options);
export const post = (path, body, options) => send("POST", path, body ?? undefined, options);
export const patch = (path, body, options) => send("PATCH", path, body, options);
export const remove = (path, options) => send("DELETE", path, undefined, options);

// The text of a document.
export async function text(path, options) {
  const answer = await ask("GET", path, undefined, options);
  return answer.text();
}

// `?a=1&b=2` of what is set; empty for nothing.
export function queryOf(query = {}) {
  const set = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== "");
  return set.length ? `?${new URLSearchParams(set)}` : "";
}

async function send(method, path, body, options) {
  const answer = await ask(method, path, body, options);
  return answer.status === 204 ? null : answer.json();
}

async function ask(method, path, body, { signal, key } = {}) {
  const headers = {};
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (key) headers["Idempotency-Key"] = key;
  let answer;
  try {
    answer = await fetch(path, {
      method, headers, signal, credentials: "same-origin", body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new ApiError(0, { detail: "The service does not answer. What you see may be old; it is asked again." });
  }
  if (answer.ok) return answer;
  const problem = await problemOf(answer);
  if (answer.status === 401 && path !== "/api/sessions") onSignedOut();
  throw new ApiError(answer.status, problem);
}

async function problemOf(answer) {
  const seconds = Number(answer.headers.get("Retry-After")) || null;
  try {
    return { ...(await answer.json()), retry_after: seconds };
  } catch {
    return { detail: `The service answered ${answer.status}.`, retry_after: seconds };
  }
}
