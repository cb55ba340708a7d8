// Addresses that people type; pure.

// What seldom has a certificate: this machine, and hosts by their number.
const PLAIN = /^(?:(?:[^/]+\.)?localhost|\d+(?:\.\d+){3}|\[[\da-f:.]+\])(?::\d+)?(?:[/?#]|$)/i;

// A site's address with a scheme: people leave it out.
export function siteAddress(typed) {
  const address = typed.trim();
  if (address === "" || /^[a-z][a-z0-9+.-]*:\/\//i.test(address)) return address;
  return `${PLAIN.test(address) ? "http" : "https"}://${address}`;
}
