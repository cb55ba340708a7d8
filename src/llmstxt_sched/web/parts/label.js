// The labels of a project, behind something else in a line; each leads to all that have it.

import { queryOf } from "../api.js";
import { h } from "../dom.js";

export const labelLinks = (labels) => labels.map((label) => [" ", h("a", { class: "tag", href: `/projects${queryOf({ label })}` }, label)]);
