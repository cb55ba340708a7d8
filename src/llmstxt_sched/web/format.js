// How times and numbers read; pure, and tested without a browser.

const UNITS = [["h", 3600], ["min", 60], ["s", 1]];
const DAY_SECONDS = 86_400;

// "2 h ago", "in 6 h", "just now"; from a day on by the calendar of the browser's zone: "tomorrow", "in 3 days".  `now`
// and `at` in milliseconds.
export function relative(at, now) {
  const seconds = Math.round((at - now) / 1000);
  const size = Math.abs(seconds);
  if (size < 10) return "just now";
  if (size >= DAY_SECONDS) return inDays(daysBetween(now, at) || Math.sign(seconds));
  const text = inUnits(size);
  return seconds < 0 ? `${text} ago` : `in ${text}`;
}

// "22 h", "3 days": how old something is.
export function age(at, now) {
  const size = Math.round((now - at) / 1000);
  if (size < 10) return "a moment";
  return size < DAY_SECONDS ? inUnits(size) : plural(Math.floor(size / DAY_SECONDS), "day");
}

function inUnits(seconds) {
  const [unit, length] = UNITS.find(([, each]) => seconds >= each);
  return `${Math.floor(seconds / length)} ${unit}`;
}

function inDays(days) {
  if (Math.abs(days) === 1) return days < 0 ? "yesterday" : "tomorrow";
  return days < 0 ? `${count(-days)} days ago` : `in ${count(days)} days`;
}

// Midnights lie 23 to 25 hours apart: where the clocks go back, a day later may be the same day.
function daysBetween(from, to) {
  const [start, end] = [from, to].map((at) => new Date(at).setHours(0, 0, 0, 0));
  return Math.round((end - start) / (1000 * DAY_SECONDS));
}

// Making a formatter takes a hundred times as long as using it, and a list uses some hundred times: each is made once.
const NUMBERS = new Intl.NumberFormat("en");
const MOMENTS = perZone({ weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const EXACTLY = perZone({ dateStyle: "medium", timeStyle: "long" });

function perZone(options) {
  const made = new Map();
  return (zone) => {
    if (!made.has(zone)) made.set(zone, new Intl.DateTimeFormat("en-GB", { ...options, timeZone: zone }));
    return made.get(zone);
  };
}

// "Tue 24 Nov, 02:00" in a zone (IANA; none is the browser's own), with the year where it is not this one.
export function moment(at, zone, now = Date.now()) {
  const parts = MOMENTS(zone).formatToParts(new Date(at));
  const of = (type) => parts.find((part) => part.type === type).value;
  const year = +of("year") === new Date(now).getFullYear() ? "" : ` ${of("year")}`;
  return `${of("weekday")} ${of("day")} ${of("month")}${year}, ${of("hour")}:${of("minute")}`;
}

// With the year and the seconds, for titles and tables.
export function exactly(at, zone) {
  return EXACTLY(zone).format(new Date(at));
}

export function count(number) {
  return NUMBERS.format(number);
}

export function plural(number, word, many = `${word}s`) {
  return `${count(number)} ${number === 1 ? word : many}`;
}

// The host and path of an address, for the eye.
export function shortAddress(url) {
  return url.replace(/^https?:\/\//, "").replace(/\/$/, "");
}

// Where a browser is, by its own word.
export function ownZone() {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
}

// The server's messages begin in lower case, because programs put them behind others; people read sentences.  The name
// of a file, such as robots.txt, and an address stay as they are.
export function capital(text) {
  return /^([\w-]+\.[a-z]|https?:\/\/)/.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1);
}

export function sentence(text) {
  return /[.!?…]$/.test(text) ? capital(text) : `${capital(text)}.`;
}
