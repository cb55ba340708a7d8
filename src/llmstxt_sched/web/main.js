// The start: who is it, which page, and what stays on every page.

import { get, inTime, whenSignedOut } from "./api.js";
import { drawBar } from "./parts/bar.js";
import { Router } from "./router.js";
import "./parts/time-ago.js";

const at = (path, view, needs = {}) => ({ path, load: () => inTime(import(`./views/${view}.js`)), ...needs });
const ROUTES = [
  at("/", "home"),
  at("/login", "login", { isOpen: true }),
  at("/start", "start"),
  at("/projects", "projects"),
  at("/projects/new", "projects"),
  at("/projects/:id", "project"),
  at("/projects/:id/:tab", "project"),
  at("/scheduler", "scheduler"),
  at("/notifications", "notifications"),
  at("/notifications/confirm", "confirm", { isOpen: true }),
  at("/tokens", "tokens"),
  at("/users", "users"),
  at("/audit", "audit"),
  at("/settings", "settings"),
  at("/404", "not-found", { isOpen: true }),
];

const context = { me: null };
const router = new Router(ROUTES, document.getElementById("main"), context);

// A filled form stays: its own page says what to do; everybody else is sent to sign in and comes back.
whenSignedOut(() => {
  context.me = null;
  drawBar(null, router);
  document.dispatchEvent(new CustomEvent("signed-out"));
  if (!document.querySelector("form[data-filled]") && location.pathname !== "/login") {
    router.go(`/login?next=${encodeURIComponent(location.pathname + location.search)}`, { replace: true });
  }
});

// Who is signed in, asked anew after a sign-in or a change of one's own name.
context.knowMe = async () => {
  try {
    context.me = await get("/api/me");
  } catch (error) {
    if (error.status !== 401) throw error;
    context.me = null;
  }
  drawBar(context.me, router);
  return context.me;
};
context.may = (role) => {
  const order = ["viewer", "editor", "admin"];
  return order.indexOf(context.me?.user.role) >= order.indexOf(role);
};
context.onRoute = ({ route }) => {
  document.body.classList.toggle("bare", Boolean(route.isOpen));
  drawBar(route.isOpen ? null : context.me, router);
};

try {
  if (!ROUTES.some(({ path, isOpen }) => isOpen && path === location.pathname)) await context.knowMe();
} catch {
  // The page itself says that nothing answers, and asks again.
}
await router.start();
