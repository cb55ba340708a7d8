// Addresses that people type; pure.

// What seldom has a certificate: this machine, and hosts by their number.
const PLAIN = /^(?:(?:[^/]+\.)?localhost|\d+(?:\.\d+){3}|\[[\da-f:.]+\])(?::\d+)?(?:[/?#]|$)/i;

// Not a host with its port.  What is no site's, such as mailto: or C:, is for the server to refuse.
const SCHEME = /^[a-z][a-z0-9+.-]*:(?!\d+(?:[/?#]|$))/i;

// A site's address with a scheme: people leave it out.
export function siteAddress(typed) {
  const address = typed.trim().replace(/^\/\//, "");
  if (address === "" || SCHEME.test(address)) return address;
  return `${PLAIN.test(address) ? "http" : "https"}://${address}`;
}
