// Tells those who listen to the page instead of looking at it.
export function announce(sentence) {
  const place = document.getElementById("announcer");
  place.textContent = "";
  setTimeout(() => { place.textContent = sentence; }, 50);
}
