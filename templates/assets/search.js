// Search on Pagefind's index. Nothing leaves the browser; results are built as text, never as HTML.
const form = document.getElementById("search");
const [status, results, more] = ["status", "results", "more"].map((id) => document.getElementById(id));
const filters = ["topic", "outlet", "year"];
const PAGE = 20;
const language = document.documentElement.lang;
const plural = new Intl.PluralRules(language);

const add = (parent, tag, text, properties = {}) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(text);
  parent.append(made, " ");
  return made;
};

// An excerpt is text with marks; read as a document of its own it can run nothing.
const excerpt = (parent, html) => {
  for (const { nodeName, textContent } of new DOMParser().parseFromString(html, "text/html").body.childNodes) {
    parent.append(nodeName === "MARK" ? Object.assign(document.createElement("mark"), { textContent }) : textContent);
  }
};

const show = (data) => {
  const item = add(results, "li", "");
  const lang = data.meta.language ?? "";
  add(item, "a", data.meta.title, { className: "title", href: data.url, lang, dir: "auto" });
  excerpt(add(item, "p", "", { className: "says", lang, dir: "auto" }), data.excerpt);
  const facts = add(item, "p", "", { className: "facts" });
  for (const name of ["outlet", "date"]) if (data.meta[name]) add(facts, "span", data.meta[name]);
};

const showFrom = async (found, start, turn) => {
  more.replaceChildren();
  const page = await Promise.all(found.slice(start, start + PAGE).map((each) => each.data()));
  if (turn !== turns) return;
  if (!start) results.replaceChildren();
  page.forEach(show);
  if (found.length <= start + PAGE) return;
  const button = add(more, "button", form.dataset.more, { type: "button" });
  button.addEventListener("click", () => showFrom(found, start + PAGE, turn));
};

let turns = 0; // late answers are not shown
const search = async (pagefind) => {
  const turn = ++turns;
  const query = form.q.value.trim();
  const chosen = Object.fromEntries(filters.filter((n) => form[n].value).map((n) => [n, form[n].value]));
  const wanted = new URLSearchParams({ ...(query && { q: query }), ...chosen });
  if (form.sort.value) wanted.set("sort", form.sort.value);
  history.replaceState(null, "", wanted.size ? `?${wanted}` : location.pathname);
  const options = { filters: chosen, ...(form.sort.value && { sort: { date: "desc" } }) };
  const isAsked = query || Object.keys(chosen).length;
  const found = isAsked ? await pagefind.debouncedSearch(query || null, options, 150) : { results: [] };
  if (turn !== turns) return;
  const { length: count } = found.results;
  const said = form.dataset[plural.select(count)] ?? form.dataset.other;
  status.textContent = isAsked ? (count ? said.replace("{}", count.toLocaleString(language)) : form.dataset.none) : "";
  await showFrom(found.results, 0, turn);
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
