// What became of a page in a word.  Pure; what it means is said by the server.

export const OUTCOMES = {
  ok: "Read", not_modified: "Not modified", duplicate: "Duplicate", empty: "Empty", redirected: "Redirects",
  noindex: "Asks not to be listed", robots: "Forbidden by robots.txt", robots_unreachable: "No robots.txt for now",
  gone: "Gone", http_error: "HTTP error", rate_limited: "Too many requests", timeout: "Timed out", too_large: "Too large",
  protocol_error: "Broken answer",
  connect_error: "No connection", dns_error: "Unknown host", tls_error: "Bad certificate", blocked_address: "Private address",
  bad_redirect: "Bad redirect", too_many_redirects: "Too many redirects", redirect_loop: "Redirect loop", offsite: "Another site",
  unsupported_type: "Not a page", unsupported_encoding: "Unknown encoding", decode_error: "Unreadable", parse_error: "Unreadable",
};
const GOOD = new Set(["ok", "not_modified"]);
const SKIPPED = new Set(["duplicate", "empty", "redirected", "noindex", "robots", "offsite", "unsupported_type"]);

// {word, kind: "good" | "skipped" | "failed"} of a page's outcome.
export function outcome(code) {
  const kind = GOOD.has(code) ? "good" : SKIPPED.has(code) ? "skipped" : "failed";
  return { word: OUTCOMES[code] ?? code.replaceAll("_", " "), kind };
}

// What there is to know of a page beside what its outcome means, such as where a redirect leads; else "".
export function particulars({ outcome: code, note }) {
  return code === "redirected" || code === "duplicate" || (outcome(code).kind === "failed" && code !== "gone") ? note : "";
}
