// Paths of this service; pure.

// Where to go after a sign-in: a path of this service, or null for anything that a browser could take for another site.
// Tabs and line feeds are dropped by browsers, backslashes read as slashes.
export function ownPath(next) {
  return /^\/(?!\/)[^\\\s\u0000-\u001f]*$/.test(next ?? "") && !/^\/login\b/.test(next) ? next : null;
}
