// Keys that make a request count once, however often it is sent.

// The same key for the same body: what is sent again after a lost answer makes no second project.
export function requestKeys() {
  const keys = new Map();
  return (body) => {
    const text = JSON.stringify(body);
    if (!keys.has(text)) keys.set(text, freshKey());
    return keys.get(text);
  };
}

// Not randomUUID(), which pages over plain http do not have.
export function freshKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
