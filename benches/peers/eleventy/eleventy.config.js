import markdown from "markdown-it";
import anchor from "markdown-it-anchor";
import footnote from "markdown-it-footnote";

export default function (config) {
  config.setLibrary("md", markdown({ html: true }).use(anchor).use(footnote));
  config.addPassthroughCopy({ static: "/" });
  config.addFilter("contents", (html) =>
    [...html.matchAll(/<h2 id="([^"]*)"[^>]*>(.*?)<\/h2>/g)].map(([, id, title]) => ({ id, title })));
  config.addFilter("day", (date) => date.toISOString().slice(0, 10));
  config.addFilter("newest", (pages, count) => pages.slice(-count).reverse());
  config.addFilter("below", (pages, section) => pages.filter((page) => page.data.section === section).reverse());
  return { dir: { input: ".", output: "public" }, markdownTemplateEngine: false };
}
