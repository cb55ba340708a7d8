// Which view an address shows.  Links are real links; back, reload and deep links work.

import { announce } from "./parts/banner.js";
import { h, isPlain, replace } from "./dom.js";

// A route: a pattern such as /projects/:id/runs, the view's module, and what a page may need (`shell: false` for one
// without the bar).  A view's default export takes a context and returns a node, at once or later.
export class Router {
  guard = null;

  constructor(routes, main, context) {
    this.routes = routes.map((route) => ({ ...route, match: matcher(route.path) }));
    this.main = main;
    this.context = context;
  }

  start() {
    document.addEventListener("click", (event) => this.#followed(event));
    window.addEventListener("popstate", () => this.#back());
    // How far down a page was read is kept with its entry in the history: the browser would put it right before the view
    // is there.  While another view comes, the page is shorter for a moment.
    history.scrollRestoration = "manual";
    document.addEventListener("scrollend", () => { if (!this.isLoading) history.replaceState({ ...history.state, place: scrollY }, ""); });
    this.at = history.state?.at ?? 0;
    return this.show();
  }

  // Goes to an address of ours; `replace` leaves no entry in the history.
  async go(address, { replace: instead = false } = {}) {
    if (this.guard?.() === false) return;
    this.guard = null;
    this.enter(address, instead);
    return this.show();
  }

  // Each entry in the history keeps its number, so that it is known how far another is from it.
  enter(address, instead) {
    if (!instead) this.at += 1;
    history[instead ? "replaceState" : "pushState"]({ at: this.at }, "", address);
  }

  // Changes the query alone, without a new view: for filters.  `push` leaves an entry in the history.
  query(changes, { push = false } = {}) {
    const address = new URL(location.href);
    for (const [name, value] of Object.entries(changes)) {
      if (value === null || value === undefined || value === "") address.searchParams.delete(name);
      else address.searchParams.set(name, value);
    }
    this.enter(address, !push);
  }

  // Puts a dialog's address above the view that stays.  `left` is told when the browser's back leads out of it;
  // it stays where the answer is false.
  over(address, left) {
    if (location.pathname !== address) this.enter(address);
    this.above = left;
  }

  #back() {
    const at = history.state?.at ?? 0;
    // The address has come back to where somebody stayed.
    if (at === this.at) return;
    const { above } = this;
    // It has changed already: back to it, and the history is as it was.
    if (this.guard?.() === false || above?.() === false) return history.go(this.at - at);
    this.at = at;
    this.above = null;
    if (!above) this.show();
  }

  async show() {
    this.leaving?.abort();
    this.above = null;
    // A question about another page would stand over this one.
    for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close();
    const leaving = (this.leaving = new AbortController());
    const place = history.state?.place ?? 0;
    this.isLoading = true;
    const found = this.#found(location.pathname);
    this.context.onRoute?.(found);
    let early = null;
    const patience = setTimeout(() => this.#put(early ??= skeleton()), 150);
    leaving.signal.addEventListener("abort", () => clearTimeout(patience));
    let node;
    try {
      const view = await found.route.load();
      // Not known where the service did not answer at the start, or the session has ended since.
      const isKnown = this.context.me || found.route.isOpen || (await this.context.knowMe());
      if (leaving.signal.aborted) return;
      if (!isKnown) return void this.go(`/login?next=${encodeURIComponent(location.pathname + location.search)}`, { replace: true });
      node = await view.default({
        ...this.context,
        router: this,
        params: found.params,
        query: new URLSearchParams(location.search),
        signal: leaving.signal,
        // What a view shows of itself until it is ready: at once on a page that is empty, else in place of a skeleton.
        meanwhile: (node) => { if (early || !this.main.firstChild) this.#put(node); early = node; },
      });
    } catch (error) {
      if (leaving.signal.aborted || error.name === "AbortError") return;
      if (error.status === undefined) reportError(error);
      node = failed(error, () => (error.isOfPage ? location.reload() : this.show()));
    } finally {
      clearTimeout(patience);
    }
    if (leaving.signal.aborted || !node) return;
    this.#put(node);
    this.#settle(place);
    this.isLoading = false;
  }

  #put(node) {
    if (this.main.firstChild !== node) replace(this.main, node);
  }

  #found(path) {
    for (const route of this.routes) {
      const params = route.match(path);
      if (params) return { route, params };
    }
    return { route: this.routes.at(-1), params: {} };
  }

  #settle(place) {
    const heading = this.main.querySelector("h1");
    const title = heading?.textContent.trim();
    document.title = title ? `${title} – llmstxt-sched` : "llmstxt-sched";
    const target = location.hash && document.getElementById(location.hash.slice(1));
    if (target) {
      target.scrollIntoView();
    } else if (!this.main.contains(document.activeElement) || document.activeElement === document.body) {
      // A document that has just been opened begins at its own beginning, with the link that skips the bar.
      const beginning = this.isBegun ? this.main : null;
      (this.main.querySelector("[autofocus]") ?? beginning)?.focus({ preventScroll: true });
    }
    if (!target) scrollTo(0, place);
    this.isBegun = true;
    if (title) announce(title);
  }

  #followed(event) {
    if (!isPlain(event)) return;
    const link = event.target.closest?.("a[href]");
    if (!link || link.target || link.hasAttribute("download") || link.origin !== location.origin) return;
    if (/^\/(api|p|assets)\//.test(link.pathname)) return;
    event.preventDefault();
    // To the browser an entry in the history is a step back, which draws the page anew.
    if (link.hash && link.pathname === location.pathname) return this.main.focus();
    this.go(link.pathname + link.search + link.hash);
  }
}

// From a pattern to what an address has in its places; null where it does not fit.
function matcher(pattern) {
  const form = new RegExp(`^${pattern.replace(/:(\w+)/g, "(?<$1>[^/]+)")}/?$`);
  return (path) => {
    const found = form.exec(path);
    try {
      return found && Object.fromEntries(Object.entries(found.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]));
    } catch {
      // What is no encoding, such as `%zz`.
      return null;
    }
  };
}

function skeleton() {
  return h("div", { class: "page", "aria-busy": "true" },
    h("p", { class: "unseen" }, "Loading"),
    h("div", { class: "skeleton title" }), h("div", { class: "skeleton" }), h("div", { class: "skeleton" }));
}

// What is not there will not be there at another try either.
function failed(error, again) {
  const isMissing = error.status === 404;
  return h("div", { class: "page failed-page" },
    h("h1", {}, isMissing ? "Not found" : "This page could not be shown"),
    h("p", { role: "alert" }, error.status === undefined ? "A mistake in this page. Reload it; if it stays, please report it." : error.message),
    h("div", { class: "row" }, !isMissing && h("button", { class: "button", on: { click: again } }, "Try again"), h("a", { class: "button", href: "/projects" }, "All projects")));
}
