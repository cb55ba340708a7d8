// What a person can do about a run that failed.  Pure.

const PATIENCE = "If the site is up, run it again; a longer delay between requests, in the settings, is easier on a slow site.";
const WRONG_ADDRESS = "Open the site's address in a browser. If the address is wrong, create a project with the right one and delete this.";
const FAILURES = {
  robots: "Allow llmstxt-sched in the site's robots.txt, then run it again.",
  robots_blocked: "The site answers its robots.txt with a refusal, which forbids everything. Open it to everybody, then run it again.",
  robots_unreachable: "Nothing is read before robots.txt is known. Let the site answer it, with 404 if there is none.",
  blocked_address: "It is in a network that crawls may not reach. Whoever runs the service can allow it: LLMSTXT_EGRESS__ALLOW.",
  dns_error: WRONG_ADDRESS, gone: WRONG_ADDRESS, bad_redirect: WRONG_ADDRESS,
  redirect_loop: WRONG_ADDRESS, too_many_redirects: WRONG_ADDRESS,
  offsite: "If the site has moved there for good, create a project with that address and delete this. Else run it again later.",
  tls_error: "The site's https is not in order: there is none at this address, or its certificate has run out or is another host's. Mend it, then run it again.",
  http_error: "Open the start page in a browser that is not signed in: it has to be public, or the settings say how to sign in.",
  credentials: "Whoever runs the service can set the key. Or write the credentials again, in the settings.",
  timeout: PATIENCE, connect_error: PATIENCE, rate_limited: PATIENCE,
  noindex: "The start page asks not to be listed. Take noindex away from it, then run it again.",
  unsupported_type: "The start page is neither HTML nor Markdown.",
  no_pages: "Look at its pages for the reasons.",
  needs_rendering: "Have the site send its text as HTML, by rendering on the server or at build time, then run it again.",
  draft_failed: "Whoever runs the service can give it more memory. Or exclude pages of the site in the settings.",
  poison: "This site has ended the process that crawled it, again and again. Exclude its largest pages in the settings.",
};

// What to do about a run that failed with this code.
export function adviceFor(code) {
  return FAILURES[code] ?? "Run it again. If it fails the same way, the run's pages tell more.";
}
