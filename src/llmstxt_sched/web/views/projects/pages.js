// The projects that the list shows, asked from the server a page at a time.

import { get } from "../../api.js";

const SIZE = 50;
const MOST = 200;

// `filter` is what was asked for last, `found` is {items, counts, cursor}, `size` how many come at once.  load(), more()
// and refresh() are true where `found` is theirs: an answer that another question has overtaken is dropped.
export function projectPages(filter, signal) {
  let turn = 0;
  let waiting = 0;
  let question = null;
  const pages = { filter, found: null, size: SIZE, load, more, refresh, change, drop, isWaiting: () => waiting > 0 };

  // The first page of a filter.
  function load(wanted) {
    pages.filter = wanted;
    return waitedFor((until) => first(SIZE, true, until));
  }

  // The next page, behind what is there.
  function more() {
    return waitedFor(async (until) => {
      const { items, counts, next_cursor } = await ask(SIZE, pages.found.cursor, true, until);
      const known = new Set(items.map(({ id }) => id));
      return { items: [...pages.found.items.filter(({ id }) => !known.has(id)), ...items], counts, cursor: next_cursor };
    });
  }

  // What is shown, newly asked; not while somebody waits for something else.
  async function refresh() {
    if (waiting) return false;
    if (!pages.found) return load(pages.filter);
    const mine = (turn += 1);
    const known = new Map(pages.found.items.map((project) => [project.id, project]));
    const isKnown = ({ id, last_run }) => known.has(id) && known.get(id).last_run?.id === last_run?.id;
    const count = Math.max(SIZE, known.size);
    // The recent runs are most of an answer, so they are asked for only where a run has ended.
    let found = await first(count, false);
    if (!found.items.every(isKnown)) found = await first(count, true);
    else for (const project of found.items) project.recent = known.get(project.id).recent;
    return keep(mine, found);
  }

  // What an answer to something else has told of one project; an older answer that is on its way is dropped.
  function change(id, news) {
    edit((items) => items.map((project) => (project.id === id ? { ...project, ...news, recent: news.recent ?? project.recent } : project)));
  }
  function drop(gone) {
    edit((items) => items.filter(({ id }) => id !== gone));
  }
  function edit(change) {
    if (!waiting) turn += 1;
    pages.found.items = change(pages.found.items);
  }

  // A question that another overtakes is given up, so that the server and the connections are there for the new one.
  async function waitedFor(asking) {
    const mine = (turn += 1);
    question?.abort();
    question = new AbortController();
    waiting += 1;
    try {
      return keep(mine, await asking(AbortSignal.any([signal, question.signal])));
    } catch (error) {
      if (mine === turn || signal.aborted) throw error;
      return false;
    } finally {
      waiting -= 1;
    }
  }
  function keep(mine, found) {
    if (mine !== turn) return false;
    pages.found = found;
    return true;
  }
  async function first(count, recent, until = signal) {
    const items = [];
    let answer = null;
    do {
      answer = await ask(Math.min(MOST, count - items.length), answer?.next_cursor, recent, until);
      items.push(...answer.items);
    } while (answer.next_cursor && items.length < count);
    return { items, counts: answer.counts, cursor: answer.next_cursor };
  }
  function ask(limit, cursor, recent, until) {
    return get("/api/projects", { ...pages.filter, limit, cursor, recent: recent || null }, { signal: until });
  }
  return pages;
}
