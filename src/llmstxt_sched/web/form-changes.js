// What of a form is another than before, for a request that changes only that.  Pure.

// The members of `now` that differ from those of `before`, those of objects alone; null where nothing differs.
export function changesBetween(before, now) {
  const found = {};
  for (const [name, value] of Object.entries(now)) {
    if (isPlain(value) && isPlain(before[name])) {
      const inner = changesBetween(before[name], value);
      if (inner) found[name] = inner;
    } else if (JSON.stringify(value) !== JSON.stringify(before[name])) {
      found[name] = value;
    }
  }
  return Object.keys(found).length ? found : null;
}

const isPlain = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
