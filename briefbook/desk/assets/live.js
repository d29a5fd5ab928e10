// Put into each page that `briefbook serve` shows, never into a file of the site: loads the page
// anew when it has changed, at the same place, and shows the mistakes of the last build.
"use strict";
(() => {
  const mine = document.currentScript.dataset;
  const kept = (name, value) => {
    try {
      if (value === undefined) return sessionStorage.getItem(`desk ${name}`);
      sessionStorage.setItem(`desk ${name}`, value);
    } catch { /* storage is off: a page then begins at its top, a hidden note comes back */ }
    return null;
  };

  // ------------------------------------------------------------------ the place on the page
  const here = location.pathname + location.search;
  const [page, top] = (kept("place") || "").split("\n");
  kept("place", "");
  if (page === here) {
    const back = () => scrollTo({ top: Number(top), behavior: "instant" });
    back();
    addEventListener("load", back);
  }
  const loadAnew = () => {
    kept("place", `${here}\n${scrollY}`);
    location.reload();
  };

  // ------------------------------------------------------------------ what is shown on it
  const make = (name, text = "", more = {}) => {
    const element = Object.assign(document.createElement(name), more);
    element.textContent = text;
    return element;
  };
  const host = make("div", "", { id: "briefbook-desk", lang: "en", dir: "ltr", hidden: true });
  const root = host.attachShadow({ mode: "open" });
  const style = make("link", "", { rel: "stylesheet", href: "/_desk/live.css" });
  style.addEventListener("load", () => { host.hidden = false; });
  const frame = make("aside", "", { ariaLabel: "Desk, not part of the site" });
  const mistakes = make("section", "", { className: "mistakes", role: "alert", hidden: true });
  const changed = make("p", "This page has changed. ", { className: "changed", role: "status", hidden: true });
  const bar = make("p", "", { className: "bar" });
  const count = make("button", "", { type: "button", hidden: true });
  const anew = make("button", "Load it anew", { type: "button" });
  anew.addEventListener("click", loadAnew);
  changed.append(anew);
  bar.append(count);
  if (mine.kind === "site") bar.append(make("a", "Desk", { href: mine.desk }));
  frame.append(mistakes, changed, bar);
  root.append(style, frame);
  document.body.append(host);

  const open = (isOpen, said) => {
    mistakes.hidden = !isOpen;
    count.hidden = isOpen || !said;
    kept("hidden", isOpen ? "" : said);
  };
  const show = (news) => {
    const said = JSON.stringify(news.errors);
    if (said === mistakes.dataset.said) return;
    mistakes.dataset.said = said;
    mistakes.replaceChildren();
    if (!news.errors.length) {
      open(false, "");
      return;
    }
    const hide = make("button", "Hide", { type: "button" });
    hide.addEventListener("click", () => { open(false, said); count.focus(); });
    count.textContent = news.title;
    count.onclick = () => { open(true, said); hide.focus(); };
    const list = make("ol");
    for (const one of news.errors) {
      const item = make("li");
      const fix = make("p", "", { className: "fix" });
      fix.append(make("b", "To mend it: "), one.fix);
      item.append(make("code", one.place), make("p", one.what), fix);
      list.append(item);
    }
    const head = make("header");
    head.append(make("h2", news.title), hide);
    mistakes.append(head, make("p", news.lead), list);
    // The desk lists them itself: there they do not lie over the buttons.
    open(mine.kind === "site" && kept("hidden") !== said, said);
  };

  // ------------------------------------------------------------------ what the server says
  let isWriting = false; // what somebody is writing into a form must not be lost
  addEventListener("input", () => { isWriting = true; });
  // An act builds before it is answered: to load this page anew meanwhile would lose the answer.
  addEventListener("submit", () => leave());
  let news = null;
  const listen = () => {
    // Not while nobody looks: a browser has few connections to one server.
    if (news || document.hidden) return;
    news = new EventSource("/_desk/events");
    news.addEventListener("message", (event) => {
      const said = JSON.parse(event.data);
      const isOther = mine.state !== (mine.kind === "desk" ? said.turn : said.build);
      if (isOther && !isWriting) {
        leave();
        loadAnew();
        return;
      }
      changed.hidden = !isOther;
      show(said);
    });
    news.addEventListener("error", () => {
      // The server has ended, perhaps to be started again. A browser that gave up is told to go on.
      if (news && news.readyState === EventSource.CLOSED) {
        leave();
        setTimeout(listen, 2000);
      }
    });
  };
  const leave = () => {
    if (news) news.close();
    news = null;
  };
  document.addEventListener("visibilitychange", () => (document.hidden ? leave() : listen()));
  addEventListener("pagehide", leave);
  addEventListener("pageshow", listen);
  listen();
})();
