// The kinds of targets and of events, in words, and what a form asks for each; pure.

export const EVENTS = [
  ["run.completed", "A run completed"],
  ["run.failed", "A run failed"],
  ["schedule.halted", "A schedule halted"],
  ["schedule.resumed", "A schedule goes on"],
  ["version.held", "A version waits for a decision"],
  ["project.stale", "A project is stale"],
  ["project.recovered", "A project is well again"],
  ["delivery.disabled", "A target was disabled"],
];

const HOURS = Array.from({ length: 24 }, (_, hour) => [String(hour), `${String(hour).padStart(2, "0")}:00`]);
const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"].map((day) => [day, day.charAt(0).toUpperCase() + day.slice(1)]);
const TOKEN = "It is stored encrypted, and not shown again.";

const git = (kind, word, api, request, rights, example) => ({
  kind, word, ofOneProject: true, isFixed: true,
  sentence: `Puts llms.txt into a repository of ${word} whenever its bytes change.`,
  address: { label: "Address of the API", value: api, hint: `For a server of your own, the address of its API.` },
  token: { label: "Token", isRequired: true, hint: `${rights} ${TOKEN}` },
  options: [
    { name: "repository", label: "Repository", isRequired: true, hint: example },
    { name: "branch", label: "Branch", value: "main" },
    { name: "path", label: "Path of llms.txt in it", value: "llms.txt" },
    { name: "mode", label: "As", choices: [["commit", "Commits to the branch"], ["pull_request", `One ${request}`]] },
    { name: "message", label: "Message", value: "Update llms.txt" },
    { name: "full", label: "Also llms-full.txt", isFlag: true },
  ],
});

// `address`: {label, hint, type, value}; `token` likewise, if the kind takes one; `options`: {name, label, hint, value,
// choices, isFlag, isRequired, isClock, isNumber}.  What is `isFixed` is told of its own events alone.
export const KINDS = [
  { kind: "webhook", word: "Webhook", hasSecret: true, sentence: "Gets each event as JSON, signed by the rules of Standard Webhooks.", address: { label: "Address", hint: "It gets a POST for each event." } },
  { kind: "slack", word: "Slack", sentence: "Writes into a channel.", address: { label: "Address of the incoming webhook", hint: "From your Slack app, under Incoming Webhooks: https://hooks.slack.com/services/…" } },
  { kind: "discord", word: "Discord", sentence: "Writes into a channel.", address: { label: "Address of the webhook", hint: "From the channel’s settings, under Integrations." } },
  { kind: "teams", word: "Microsoft Teams", sentence: "Writes into a channel.", address: { label: "Address of the workflow", hint: "From the channel’s Workflows: “Post to a channel when a webhook request is received”." } },
  { kind: "ntfy", word: "ntfy", sentence: "Sends a push notification.", address: { label: "Address of the topic", hint: "As in https://ntfy.sh/our-docs" }, token: { label: "Access token", hint: `Only for a topic that needs one. ${TOKEN}` } },
  {
    kind: "email", word: "E-mail", isMail: true, sentence: "Sends mail: about trouble at once, and a digest of what changed. Its owner is asked first.",
    address: { label: "Mail address", type: "email", hint: "Nothing is sent before its owner has confirmed it by a link." },
    options: [
      { name: "incidents", label: "Tell at once what failed, halted, is held or stale", isFlag: true, value: true },
      { name: "digest", label: "Digest of what changed", choices: [["none", "None"], ["daily", "Daily"], ["weekly", "Weekly"]] },
      { name: "digest_hour", label: "At", choices: HOURS, value: "8", isNumber: true },
      { name: "digest_day", label: "On (weekly)", choices: DAYS, value: "monday" },
      { name: "quiet_from", label: "No mail from", isClock: true },
      { name: "quiet_until", label: "until", isClock: true },
      { name: "timezone", label: "Time zone", isZone: true },
    ],
  },
  {
    kind: "heartbeat", word: "Heartbeat", ofOneProject: true, isFixed: true, sentence: "Asks a watchdog’s address after each success, so that somebody notices when this service is gone.",
    address: { label: "Address", hint: "From Healthchecks.io, Uptime Kuma, Better Stack, Cronitor and their kin." },
    options: [
      { name: "method", label: "By", choices: [["GET", "GET"], ["POST", "POST"]] },
      { name: "on_failure", label: "After a run that failed", choices: [["", "Nothing: its silence tells"], ["/fail", "Add /fail (Healthchecks.io, Better Stack)"], ["?status=down", "Add ?status=down (Uptime Kuma)"], ["?state=fail", "Add ?state=fail (Cronitor)"]] },
    ],
  },
  {
    kind: "deploy_hook", word: "Deploy hook", ofOneProject: true, isFixed: true, sentence: "Starts a deployment of your site when the documents changed.",
    address: { label: "Address of the hook", hint: "Of Netlify, Vercel or Cloudflare Pages; or https://api.github.com/repos/OWNER/NAME/dispatches" },
    token: { label: "Token", hint: `Only for GitHub’s repository_dispatch: Contents, read and write. ${TOKEN}` },
    options: [{ name: "event_type", label: "Event type", hint: "Only for GitHub’s repository_dispatch." }],
  },
  git("github", "GitHub", "https://api.github.com", "pull request", "A fine-grained token with Contents: read and write, for pull requests these too.", "owner/name"),
  git("gitlab", "GitLab", "https://gitlab.com/api/v4", "merge request", "A project access token with the scope api.", "group/project"),
];

export function kindOf(kind) {
  return KINDS.find((each) => each.kind === kind) ?? { kind, word: kind, address: { label: "Address" } };
}

// Those that a target of all projects, or of one, may be.
export function kindsFor(projectId) {
  return KINDS.filter(({ ofOneProject }) => projectId || !ofOneProject);
}

export function eventWord(kind) {
  return EVENTS.find(([value]) => value === kind)?.[1] ?? (kind === "test" ? "A test" : kind);
}

// How a target stands: {word, tone, why}.
export function standing({ kind, is_enabled: isEnabled, disabled_reason: reason, failing_since: since, confirmed_at: confirmed }) {
  if (!isEnabled) return { word: "Off", tone: "", why: reason };
  if (kindOf(kind).isMail && !confirmed) return { word: "Not confirmed", tone: "stale", why: "A link was sent to this address." };
  if (since) return { word: "Failing", tone: "failed", why: null, since };
  return { word: "On", tone: "fresh", why: null };
}

// The options of a form's data as the API takes them.
export function optionsOf({ options = [] }, data) {
  return Object.fromEntries(options.map(({ name, isFlag, isClock, isNumber }) => {
    const text = data.get(`options.${name}`);
    if (isFlag) return [name, text !== null];
    if (isClock) return [name, text || null];
    return [name, isNumber ? Number(text) : text];
  }));
}
