// What people and tokens may do, in words; pure.  The order is from least to most.

export const ROLES = [
  { value: "viewer", word: "Viewer", sentence: "Sees every project, run and document, and changes nothing." },
  { value: "editor", word: "Editor", sentence: "Also creates, runs, changes and deletes projects." },
  { value: "admin", word: "Admin", sentence: "Also manages users and everybody’s tokens, and reads the audit log." },
];

export const SCOPES = [
  { value: "read", word: "Read", sentence: "Reads projects, runs and documents.", role: "viewer" },
  { value: "write", word: "Write", sentence: "Also creates, runs, changes and deletes projects.", role: "editor" },
  { value: "admin", word: "Admin", sentence: "Also manages users and tokens, and reads the audit log.", role: "admin" },
];

// The scopes that a token of somebody with this role may have: its owner's role is the limit.
export function scopesUpTo(role) {
  return SCOPES.slice(0, SCOPES.findIndex((scope) => scope.role === role) + 1);
}

export function wordOf(list, value) {
  return list.find((each) => each.value === value)?.word ?? value;
}
