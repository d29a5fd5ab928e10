// What no page of ours holds but where a text got through; a script is ours, or data never run.
() => {
  const wrong = [], all = [];
  const take = (root) => {
    for (const e of root.querySelectorAll("*")) { all.push(e); if (e.shadowRoot) take(e.shadowRoot); }
  };
  take(document);
  const tell = (e, what) => wrong.push(`${what}: ${e.outerHTML.slice(0, 200)}`);
  const never = /^(applet|audio|base|embed|fencedframe|frame|frameset|iframe|image|img|map|area|marquee|math|noscript|object|plaintext|portal|source|style|template|track|video|x-.*|xmp)$/;
  for (const e of all) {
    const drawn = e.namespaceURI !== "http://www.w3.org/1999/xhtml";
    if (never.test(e.localName) || (drawn && !e.closest("figure.activity > svg"))) tell(e, "element");
    for (const { name } of e.attributes) {
      if (/^on|^(style|srcdoc|formaction|ping|srcset|background|is|slot|contenteditable|autofocus|accesskey|target|xlink:href)$/.test(name)) tell(e, name);
    }
    const own = (url) => url === "" || url.startsWith(`${location.origin}/`);
    if (e.localName === "script" && e.type !== "application/ld+json" && !(own(e.src) && e.src)) tell(e, "script");
    if (e.localName === "meta" && e.httpEquiv && e.httpEquiv !== "Content-Security-Policy") tell(e, "meta");
    if (e.localName === "link" && /stylesheet|icon|preload|prefetch|manifest/.test(e.rel) && !own(e.href) && e.href !== "data:,") tell(e, "link");
    if (e.localName === "a" && e.hasAttribute("href") && !/^(https?|mailto):$/.test(e.protocol)) {
      // An address that no browser can read leads nowhere.
      if (e.protocol !== ":") tell(e, "address");
    }
    if (e.localName === "form" && !own(e.action)) tell(e, "form");
  }
  return wrong;
}
