// When a token ends; pure.

export const EXPIRIES = [["never", "Never"], ["30", "In 30 days"], ["90", "In 90 days"], ["365", "In a year"], ["date", "On a date"]];

// From a choice, and a date ("2027-01-31") where that is the choice, to the moment; null for never.  A date is good to
// its end where the browser is.
export function expiresAt(choice, date, now) {
  if (choice === "never") return null;
  const at = choice === "date" ? new Date(`${date}T23:59:59`) : new Date(now + Number(choice) * 86_400_000);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}

// The day of a moment where the browser is, as a date field writes it.
export function dayOf(now) {
  const at = new Date(now);
  const two = (number) => String(number).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}
