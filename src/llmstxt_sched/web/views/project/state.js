// One project as this page knows it.  Whoever draws a part of it is told when the server says something else.

// Whether a run has ended since, or somebody has decided about what one found.
export function hasNewResult(before, project) {
  return before.last_run?.id !== project.last_run?.id || before.held_run_id !== project.held_run_id;
}

export class ProjectState {
  constructor(project) {
    this.project = project;
    this.watchers = new Set();
    // While a run's events are followed, nobody needs to ask again and again.
    this.isFollowed = false;
  }

  set(project) {
    const before = this.project;
    if (JSON.stringify(before) === JSON.stringify(project)) return;
    this.project = project;
    for (const draw of [...this.watchers]) draw(project, before);
  }

  // Draws now, and at each change; the first time without a project before.
  watch(draw, signal) {
    this.watchers.add(draw);
    signal.addEventListener("abort", () => this.watchers.delete(draw));
    draw(this.project, null);
  }
}
