// A schedule as a person chooses it (daily, weekly, by hand, or a cron expression of their own), and back; pure.

export const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
export const DAILY = "0 2 * * *";

const USUAL_TIME = "02:00";
const ALIASES = { "@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@weekly": "0 0 * * 0" };
const DAILY_FORM = /^(\d+) (\d+) \* \* \*$/;
const WEEKLY_FORM = /^(\d+) (\d+) \* \* (\d|[a-z]{3})$/;

// {kind: "daily" | "weekly" | "custom" | "none", time: "HH:MM", day: 0 to 6 from Sunday, expression}.  The kinds are
// those by which the server filters; what the kind leaves open has the usual value.
export function readCron(expression) {
  const given = { kind: "none", time: USUAL_TIME, day: 0, expression: expression ?? "" };
  if (!expression) return given;
  const fields = expression.trim().replace(/\s+/g, " ").toLowerCase();
  const found = (ALIASES[fields] ?? fields);
  const [, minute, hour, day] = DAILY_FORM.exec(found) ?? WEEKLY_FORM.exec(found) ?? [];
  const number = dayNumber(day);
  if (minute === undefined || number === -1) return { ...given, kind: "custom" };
  return { ...given, kind: day === undefined ? "daily" : "weekly", time: `${two(hour)}:${two(minute)}`, day: number ?? 0 };
}

// The expression; null for none.
export function writeCron({ kind, time, day, expression }) {
  if (kind === "none") return null;
  if (kind === "custom") return expression.trim().replace(/\s+/g, " ");
  const [hour, minute] = (time || USUAL_TIME).split(":").map(Number);
  return `${minute} ${hour} * * ${kind === "weekly" ? day : "*"}`;
}

// "Daily 02:00", "Weekly, Sun 02:00", "None"; a custom one in the server's words.
export function scheduleWords(expression, text) {
  const { kind, time, day } = readCron(expression);
  if (kind === "daily") return `Daily ${time}`;
  if (kind === "weekly") return `Weekly, ${DAYS[day].slice(0, 3)} ${time}`;
  return kind === "none" ? "None" : `Custom: ${lowerFirst(text || expression)}`;
}

// Whether it is due at fixed times by the clock, once a day where the clocks go back; others follow real time.
export function isFixed(expression) {
  const [minute, hour] = expression.trim().split(/\s+/);
  return !minute.startsWith("*") && !hour?.startsWith("*");
}

// 0 to 6 from Sunday, which is 7 as well; undefined for no day, -1 for a name that is none.
function dayNumber(day) {
  if (day === undefined) return undefined;
  if (/\d/.test(day)) return day > 7 ? -1 : day % 7;
  return DAYS.findIndex((name) => name.toLowerCase().startsWith(day));
}

const two = (digits) => digits.padStart(2, "0");
const lowerFirst = (text) => text.charAt(0).toLowerCase() + text.slice(1);
