// The audit log in words; pure.

// Each action, as what somebody did.
export const ACTIONS = {
  "project.create": "created a project",
  "project.edit": "changed a project",
  "project.delete": "deleted a project",
  "project.pause": "paused a project",
  "project.resume": "resumed a project",
  "project.ping": "told of a deployment",
  "project.bulk": "did something with many projects",
  "run.trigger": "started a run",
  "run.cancel": "canceled a run",
  "run.accept": "accepted a held version",
  "run.reject": "rejected a held version",
  "user.create": "added a user",
  "user.edit": "changed a user",
  "user.delete": "removed a user",
  "user.link": "made a sign-in link",
  "user.signout": "signed a user out everywhere",
  "session.create": "signed in",
  "session.failed": "failed to sign in",
  "session.delete": "signed out",
  "token.create": "created a token",
  "token.revoke": "revoked a token",
  "scheduler.process": "started a tick",
  "target.create": "added somebody to notify",
  "target.edit": "changed whom to notify",
  "target.delete": "removed somebody to notify",
  "target.rotate": "changed the secret of a webhook",
  "target.test": "tested a notification",
  "target.ask": "asked an address to be confirmed",
  "target.confirm": "confirmed an address for notifications",
  "target.unsubscribe": "unsubscribed from notifications",
  "delivery.resend": "sent a notification again",
};
// The server's filter takes a group, the word before the dot, for all of its actions.
export const GROUPS = { project: "Projects", run: "Runs", user: "Users", session: "Sign-ins", token: "Tokens", scheduler: "Scheduler", target: "Notifications", delivery: "Deliveries" };

// What was done; one that this page does not know is named as the log names it.
export function actionWords(action) {
  return ACTIONS[action] ?? action;
}

// Where the thing is that it was done on: an address of ours, or null.
export function addressOf({ action, object, details }) {
  if (!object || action.endsWith(".delete") || action === "token.revoke") return null;
  if (object.type === "project") return `/projects/${object.id}`;
  if (object.type === "run") return details?.project_id ? `/projects/${details.project_id}/runs` : null;
  return { user: "/users", token: "/tokens?of=all" }[object.type] ?? null;
}

// The details as pairs of a name and a text; two values are those before and after.  The project of a run is what its
// link leads to.
export function pairsOf(details) {
  return Object.entries(details ?? {}).filter(([name]) => name !== "project_id").map(([name, value]) => [name.replaceAll("_", " "), textOf(name, value)]);
}

function textOf(name, value) {
  if (Array.isArray(value)) return value.join(name === "fields" ? ", " : " → ");
  return value !== null && typeof value === "object" ? JSON.stringify(value) : String(value ?? "none");
}
