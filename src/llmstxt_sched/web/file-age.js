// How old the llms.txt of a project is; pure.

const endedWell = ({ status }) => status.startsWith("COMPLETE");

// The run that last found the file true, or made it so.  A version that was held and not accepted says nothing of the
// file.  Undefined where only such runs are known.
export function foundTrueBy({ recent }) {
  return recent?.findLast((run) => endedWell(run) && (!run.held || run.held === "accepted"));
}

// When that was; null where only runs are known that were held.
export function foundTrueAt(project) {
  return foundTrueBy(project)?.finished_at ?? (project.recent?.some(endedWell) ? null : project.last_run_at);
}
