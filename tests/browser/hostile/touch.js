// Do to everything what a reader can do to it, but leave the page.
() => {
  addEventListener("click", (event) => event.target.closest?.("a[href]") && event.preventDefault(), true);
  addEventListener("submit", (event) => event.preventDefault(), true);
  for (const e of document.querySelectorAll("a, button, input, select, summary, textarea, [tabindex], ins, bdi, td")) {
    for (const name of ["pointerenter", "mouseover", "mouseenter", "pointerdown", "mousedown", "focusin"]) {
      e.dispatchEvent(new MouseEvent(name, { bubbles: true, cancelable: true }));
    }
    e.focus?.();
    e.click?.();
  }
}
