// Paths of this service and of a site; pure.

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
