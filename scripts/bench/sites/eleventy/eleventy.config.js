// As much as Briefbook makes with `parts: []`: entries, front page, topics, RSS, sitemap.
const A_PAGE = 20;

export default function (config) {
  const newest = (api) => api.getFilteredByGlob("src/briefings/**/*.md").reverse();
  const byTopic = (api) => {
    const found = {};
    for (const one of newest(api)) for (const slug of one.data.topics) (found[slug] ??= []).push(one);
    return Object.keys(found).sort().map((slug) => ({ slug, items: found[slug] }));
  };
  const inPages = ({ slug, items }) => {
    const total = Math.ceil(items.length / A_PAGE);
    return [...Array(total).keys()].map((at) => ({ slug, number: at + 1, total, items: items.slice(at * A_PAGE, (at + 1) * A_PAGE) }));
  };
  config.addCollection("newest", newest);
  config.addCollection("topics", byTopic);
  config.addCollection("topicPages", (api) => byTopic(api).flatMap(inPages));
  const day = new Intl.DateTimeFormat("en-US", { dateStyle: "long", timeZone: "UTC" });
  config.addFilter("day", (date) => day.format(date));
  config.addFilter("iso", (date) => date.toISOString().slice(0, 10));
  config.addFilter("rfc", (date) => date.toUTCString());
  config.addPassthroughCopy("src/style.css");
  return { dir: { input: "src", output: "_site" }, markdownTemplateEngine: false, htmlTemplateEngine: "njk" };
}
