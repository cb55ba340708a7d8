// The creation dialog over the list, with an address of its own.

import { openDialog } from "../../parts/dialog.js";
import { projectForm } from "../../parts/project-form.js";

// The browser's back closes it as the button does: it asks first where something was typed.  `url`: of the site.
export function createDialog({ router, signal, address, url }) {
  // Opened by its address, it has no entry of the list below it in the history.
  const isDeep = location.pathname === address;
  let isOver = false;
  let isAsking = false;
  // With the dialog, not with the question: the server may be away then.
  const question = import("../../parts/confirm.js");
  const form = projectForm({ url, signal, cancel: () => opened.close(), created: (project) => {
    end();
    router.go(`/projects/${project.id}`, { replace: true });
  } });
  const isFilled = () => form.hasAttribute("data-filled");
  const opened = openDialog({
    title: "New project", hint: "Only the address is needed. You can change everything later.", body: form,
    mayClose, onClose: () => isOver || leave(),
  });
  signal.addEventListener("abort", end);
  router.over(address, left);

  function mayClose() {
    if (isFilled()) askFirst();
    return !isFilled();
  }
  async function askFirst() {
    if (isAsking) return;
    isAsking = true;
    const { confirmed } = await question;
    const isSure = await confirmed({ title: "Throw away what you typed?", sentence: "The project is not created yet.", action: "Throw away" });
    isAsking = false;
    if (isSure) opened.close({ isDone: true });
  }
  function leave() {
    isOver = true;
    if (isDeep) router.enter("/projects", true);
    else history.back();
  }
  function left() {
    if (!isOver && !mayClose()) return false;
    end();
    if (isDeep) router.show();
  }
  function end() {
    isOver = true;
    opened.close({ isDone: true });
  }
}
