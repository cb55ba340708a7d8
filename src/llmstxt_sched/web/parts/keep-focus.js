// Draws a part of a page anew without losing the place of who is in it by keyboard.

const CONTROLS = "a[href], button, input, select, textarea, summary, [tabindex]";

// The focus goes to the control that says the same as the one that had it, or else to the part itself.
export function keepingFocus(part, draw) {
  const focused = document.activeElement;
  const hadFocus = part.contains(focused);
  const wanted = hadFocus && nameOf(focused);
  draw();
  if (!hadFocus || document.activeElement === focused) return;
  const same = focused.isConnected ? focused : [...part.querySelectorAll(CONTROLS)].find((each) => nameOf(each) === wanted);
  if (!same) part.tabIndex = -1;
  (same ?? part).focus({ preventScroll: true });
}

function nameOf(node) {
  return [node.tagName, node.name, node.getAttribute("href"), node.ariaLabel, node.textContent].join("\n");
}
