// The credentials of a site behind a login, as they are written and as they are told.  Pure.

// The lines of a text as an object: `Name: value` with a colon, `name=value` with an equals sign; null where a line has none.
export function pairsIn(text, sign) {
  const lines = text.split("\n").map((line) => line.trim()).filter(Boolean);
  if (!lines.every((line) => line.includes(sign))) return null;
  return Object.fromEntries(lines.map((line) => {
    const at = line.indexOf(sign);
    return [line.slice(0, at).trim(), line.slice(at + 1).trim()];
  }));
}

// "header X-Token, cookie sid, user and password"; the server gives names alone.
export function credentialWords({ headers, cookies, basic }) {
  return [...headers.map((name) => `header ${name}`), ...cookies.map((name) => `cookie ${name}`), ...(basic ? ["user and password"] : [])].join(", ");
}
