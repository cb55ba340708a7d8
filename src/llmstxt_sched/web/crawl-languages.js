// The languages that a project's files are to hold, as people write them.  Pure.

// What the API takes: "start" for nothing, "all", or tags.
export function languagesOf(text) {
  const words = text.split(/[\s,]+/).filter(Boolean);
  if (!words.length) return "start";
  return words.length === 1 && /^(all|start)$/i.test(words[0]) ? words[0].toLowerCase() : words;
}

// The inverse.
export function languagesText(languages) {
  if (languages === "start") return "";
  return languages === "all" ? "all" : languages.join(", ");
}
