// The creation dialog over the list, with an address of its own.

import { openDialog } from "../../parts/dialog.js";
import { projectForm } from "../../parts/project-form.js";

// The browser's back closes it as the button does: it asks first where something was typed.  `url`: of the site.
export function createDialog({ router, signal, address, url }) {
  // Opened by its address, it has no entry of the list below it in the history.
  const isDeep = location.pathname === address;
  let isOver = false;
  const form = projectForm({ url, signal, cancel: () => opened.close(), created: (project) => {
    end();
    router.go(`/projects/${project.id}`, { replace: true });
  } });
  const opened = openDialog({
    title: "New project", hint: "Only the address is needed. You can change everything later.", body: form,
    unsaved: "The project is not created yet.", onClose: () => isOver || leave(),
  });
  signal.addEventListener("abort", end);
  router.over(address, left);

  function leave() {
    isOver = true;
    if (isDeep) router.enter("/projects", true);
    else history.back();
  }
  function left() {
    if (!isOver && !opened.isAgreed()) return false;
    end();
    if (isDeep) router.show();
  }
  function end() {
    isOver = true;
    opened.close({ isDone: true });
  }
}
