// Light or dark: the system's choice until a person makes one.
export function chosenTheme() {
  return document.documentElement.dataset.theme ?? null;
}

export function isLight() {
  const chosen = chosenTheme();
  return chosen ? chosen === "light" : !matchMedia("(prefers-color-scheme: dark)").matches;
}

// null for the system's choice.
export function setTheme(theme) {
  if (theme) {
    document.documentElement.dataset.theme = theme;
    localStorage.setItem("theme", theme);
  } else {
    delete document.documentElement.dataset.theme;
    localStorage.removeItem("theme");
  }
}
