// How old the llms.txt of a project is; pure.

// When a run last found the file true, or made it so.  A version that was held and not accepted says nothing of the file.
// Null where only such runs are known.
export function foundTrueAt({ recent, last_run_at }) {
  const ended = recent?.filter(({ status }) => status.startsWith("COMPLETE")) ?? [];
  const known = ended.findLast(({ held }) => !held || held === "accepted");
  return known?.finished_at ?? (ended.length ? null : last_run_at);
}
