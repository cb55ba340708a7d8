// Asks again and again while somebody looks: not in a hidden tab, and less often while nothing answers.  `first` is when
// the first answer, or none, has come.

const LONGEST_SECONDS = 120;

export function poll(ask, seconds, signal) {
  let timer;
  let wait = seconds;
  let isOver = false;
  const again = async () => {
    clearTimeout(timer);
    if (isOver) return;
    if (!document.hidden) {
      try {
        await ask();
        wait = seconds;
      } catch (error) {
        if (error.status === undefined && error.name !== "AbortError") reportError(error);
        wait = Math.min(wait * 2, LONGEST_SECONDS);
      }
    }
    if (!isOver) timer = setTimeout(again, wait * 1000);
  };
  const seen = () => { if (!document.hidden) again(); };
  const stop = () => {
    isOver = true;
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", seen);
  };
  document.addEventListener("visibilitychange", seen);
  signal?.addEventListener("abort", stop);
  return { stop, now: again, first: again() };
}
