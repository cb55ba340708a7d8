// How lengths of time and sizes read; pure.

// "62 s", "4 min 10 s", "1 h 5 min".
export function duration(seconds) {
  if (seconds === null || seconds === undefined) return "–";
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 90) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

export function bytes(size) {
  if (size < 1000) return `${size} B`;
  const unit = size < 1e6 ? "KB" : "MB";
  const value = size / (unit === "KB" ? 1e3 : 1e6);
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${unit}`;
}
