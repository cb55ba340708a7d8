// Addresses that people type or bring along; pure.

// What seldom has a certificate: this machine, and hosts by their number.
const PLAIN = /^(?:(?:[^/]+\.)?localhost|\d+(?:\.\d+){3}|\[[\da-f:.]+\])(?::\d+)?(?:[/?#]|$)/i;

// A site's address with a scheme: people leave it out.
export function siteAddress(typed) {
  const address = typed.trim();
  if (address === "" || /^[a-z][a-z0-9+.-]*:\/\//i.test(address)) return address;
  return `${PLAIN.test(address) ? "http" : "https"}://${address}`;
}

// Where to go after a sign-in: a path of this service, or null for anything that a browser could take for another site.
// Tabs and line feeds are dropped by browsers, backslashes read as slashes.
export function ownPath(next) {
  return /^\/(?!\/)[^\\\s\u0000-\u001f]*$/.test(next ?? "") && !/^\/login\b/.test(next) ? next : null;
}

// Where the llms.txt of a site belongs that begins at this address: in its folder.
export function pathOnSite(siteUrl) {
  const { pathname } = new URL(siteUrl);
  const [head, name] = [pathname.slice(0, pathname.lastIndexOf("/") + 1), pathname.slice(pathname.lastIndexOf("/") + 1)];
  return `${name && !name.includes(".") ? `${pathname}/` : head}llms.txt`;
}
