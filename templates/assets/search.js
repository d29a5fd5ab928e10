// Search on Pagefind's index. Nothing leaves the browser; results are built as text, never as HTML.
const form = document.getElementById("search");
const [status, results, more] = ["status", "results", "more"].map((id) => document.getElementById(id));
const filters = ["topic", "outlet", "year"];
const PAGE = 20;
const language = document.documentElement.lang;
const plural = new Intl.PluralRules(language); // the words of the page have a form for each of its names

const add = (parent, tag, text, properties = {}) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(text);
  parent.append(made, " ");
  return made;
};

// An excerpt is text with marks; read as a document of its own it can run nothing.
const excerpt = (parent, html) => {
  for (const node of new DOMParser().parseFromString(html, "text/html").body.childNodes) {
    if (node.nodeName === "MARK") {
      const mark = document.createElement("mark");
      mark.textContent = node.textContent;
      parent.append(mark);
    } else parent.append(node.textContent);
  }
};

const show = async (found) => {
  const data = await found.data();
  const item = add(results, "li", "");
  const lang = data.meta.language ?? "";
  add(item, "a", data.meta.title, { className: "title", href: data.url, lang, dir: "auto" });
  excerpt(add(item, "p", "", { className: "says", lang, dir: "auto" }), data.excerpt);
  const facts = add(item, "p", "", { className: "facts" });
  for (const name of ["outlet", "date"]) if (data.meta[name]) add(facts, "span", data.meta[name]);
};

const showFrom = async (found, start) => {
  more.replaceChildren();
  for (const each of found.slice(start, start + PAGE)) await show(each);
  if (found.length <= start + PAGE) return;
  const button = add(more, "button", form.dataset.more, { type: "button" });
  button.addEventListener("click", () => showFrom(found, start + PAGE));
};

const search = async (pagefind) => {
  const query = form.q.value.trim();
  const chosen = Object.fromEntries(filters.filter((n) => form[n].value).map((n) => [n, form[n].value]));
  const wanted = new URLSearchParams({ ...(query && { q: query }), ...chosen });
  if (form.sort.value) wanted.set("sort", form.sort.value);
  history.replaceState(null, "", wanted.size ? `?${wanted}` : location.pathname);
  const options = { filters: chosen, ...(form.sort.value && { sort: { date: "desc" } }) };
  const isAsked = query || Object.keys(chosen).length;
  const found = isAsked ? await pagefind.debouncedSearch(query || null, options, 150) : { results: [] };
  if (!found) return; // overtaken by the next letter
  results.replaceChildren();
  const count = found.results.length;
  const said = form.dataset[plural.select(count)] ?? form.dataset.other;
  status.textContent = isAsked ? (count ? said.replace("{}", count.toLocaleString(language)) : form.dataset.none) : "";
  await showFrom(found.results, 0);
};

try {
  const pagefind = await import(new URL(form.dataset.index, document.baseURI));
  await pagefind.init();
  const known = await pagefind.filters();
  for (const name of filters) {
    form[name].add(new Option(form.dataset.all, ""));
    for (const [value, count] of Object.entries(known[name] ?? {})) form[name].add(new Option(`${value} (${count})`, value));
    form[name].closest("label").hidden = form[name].length < 3;
  }
  for (const [name, value] of new URLSearchParams(location.search)) if (form[name]) form[name].value = value;
  form.hidden = false;
  document.getElementById("without").hidden = true;
  form.addEventListener("input", () => search(pagefind));
  form.addEventListener("submit", (event) => { event.preventDefault(); search(pagefind); });
  form.q.focus();
  await search(pagefind);
} catch {
  status.textContent = form.dataset.failed;
}
