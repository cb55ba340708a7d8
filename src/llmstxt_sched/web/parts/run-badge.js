// A run's state in a word and one of the shapes of projects' statuses.

import { h } from "../dom.js";
import { statusShape } from "./status.js";

const RUN_WORDS = {
  QUEUED: ["queued", "Queued"], IN_PROGRESS: ["running", "Running"], RETRYING: ["retrying", "Retrying"],
  COMPLETE_WITH_DIFFS: ["fresh", "Changed"], COMPLETE_NO_DIFFS: ["fresh", "No change"],
  FAILED: ["failed", "Failed"], CANCELED: ["paused", "Canceled"],
};
// What became of the version of one that changed most of it.
const HELD_WORDS = { waiting: ["held", "Held"], rejected: ["paused", "Rejected"], discarded: ["paused", "Discarded"] };
export function runBadge({ status, held }) {
  const [shape, word] = HELD_WORDS[held] ?? RUN_WORDS[status];
  return h("span", { class: `status ${shape}` }, statusShape(shape), word);
}
