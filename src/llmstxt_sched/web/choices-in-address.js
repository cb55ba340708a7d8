// What a filter of a list is set to by the address of its page; pure.

// The word that stands there, where it is one of `words`; else "", as if it were not there.
export function chosenWord(query, name, words) {
  const word = query.get(name) ?? "";
  return words.includes(word) ? word : "";
}
