// The dev server's part of a page. It listens for the page's state: reloads when the page is another,
// swaps stylesheets that are, shows a report over the page while it cannot be made. Only a visible tab
// listens, since a browser allows few connections to one server; one that becomes visible is told the
// state and compares.
"use strict";
(() => {
  const script = document.currentScript;
  const base = script.dataset.base;
  const place = "tongwen " + location.pathname;
  let shown = JSON.parse(script.dataset.state);
  let source = null;
  let retry = 0;
  let refused;

  function listen() {
    if (source || document.hidden) return;
    const path = location.pathname.slice(decodeURI(location.pathname).startsWith(decodeURI(base)) ? base.length : 0);
    source = new EventSource(base + "/.tongwen/events" + path);
    source.onmessage = (message) => take(JSON.parse(message.data));
    source.onerror = () => {
      // A browser reconnects by itself unless the answer was no stream.
      if (source && source.readyState === EventSource.CLOSED) {
        silence();
        retry = setTimeout(listen, 2000);
      }
    };
  }

  function silence() {
    clearTimeout(retry);
    if (source) source.close();
    source = null;
  }

  function take(state) {
    // The page at hand is the last good one: it stays, under the report.
    if (state.page === null && state.broken !== null && shown.page !== null) return report(state.broken);
    // A page that is its own report is another when the report is.
    const another = state.page !== shown.page || (state.page === null && state.broken !== shown.broken);
    if (another || !swap(state.styles)) return reload(state.page);
    report(state.page === null ? null : state.broken);
    shown = state;
  }

  // Puts changed stylesheets in the place of the old ones, each when it has come. False if the
  // page's stylesheets are not those it was sent with.
  function swap(styles) {
    const changed = styles.map((style, at) => at).filter((at) => String(styles[at]) !== String(shown.styles[at]));
    if (changed.length === 0 && styles.length === shown.styles.length) return true;
    const links = [...document.querySelectorAll("link[rel~=stylesheet i]")].filter((link) => !link.dataset.going);
    if (links.length !== styles.length || shown.styles.length !== styles.length) return false;
    for (const at of changed) {
      const [href, digest] = styles[at];
      const fresh = links[at].cloneNode();
      const address = new URL(href, location.href);
      address.searchParams.set("tongwen", digest);
      fresh.href = address.href;
      links[at].dataset.going = "";
      fresh.onload = fresh.onerror = () => links[at].remove();
      links[at].after(fresh);
    }
    return true;
  }

  function reload(wanted) {
    // Reloaded for this once already, and sent something else: once more would help no better.
    if (wanted === refused) return;
    silence();
    const open = [...document.querySelectorAll("details")].map((details) => details.open);
    try {
      sessionStorage.setItem(place, JSON.stringify({ wanted, x: scrollX, y: scrollY, open }));
    } catch {
      // Without storage the page begins at its top.
    }
    location.reload();
  }

  function recall() {
    try {
      const kept = JSON.parse(sessionStorage.getItem(place));
      sessionStorage.removeItem(place);
      if (kept && kept.wanted !== shown.page) refused = kept.wanted;
      return kept;
    } catch {
      return null;
    }
  }

  function restore(kept) {
    const all = [...document.querySelectorAll("details")];
    if (all.length === kept.open.length) all.forEach((details, at) => (details.open = kept.open[at]));
    scrollTo({ left: kept.x, top: kept.y, behavior: "instant" });
  }

  let overlay = null;

  function report(text) {
    if (overlay) overlay.remove();
    overlay = null;
    if (text === null) return;
    overlay = document.createElement("div");
    overlay.id = "tongwen-report";
    const inside = overlay.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
      :host { all: initial; }
      section { position: fixed; inset: auto 0 0 0; max-height: 85vh; overflow: auto; z-index: 2147483647;
        box-sizing: border-box; padding: 1rem 1.25rem; background: #1b1d22; color: #f2f2f2;
        border-top: 4px solid #ff6b5e; font: 14px/1.5 ui-monospace, "Noto Sans Mono CJK TC", monospace; }
      h1 { margin: 0 3rem .5rem 0; font: inherit; font-weight: bold; color: #ff8f85; }
      pre { margin: 0; font: inherit; white-space: pre; overflow-x: auto; tab-size: 4; }
      button { position: absolute; top: .75rem; right: 1rem; min-width: 2rem; min-height: 2rem; font: inherit;
        background: none; color: inherit; border: 1px solid #8a8f98; border-radius: 4px; cursor: pointer; }
      @media print { section { display: none; } }`);
    inside.adoptedStyleSheets = [sheet];
    const chinese = /^(zh|yue)/i.test(navigator.language);
    const section = document.createElement("section");
    section.setAttribute("role", "alert");
    const title = document.createElement("h1");
    title.textContent = chinese ? "網站有錯誤；下面是改動前的頁面" : "The site has errors; below is the last good page";
    const close = document.createElement("button");
    close.textContent = "×";
    close.setAttribute("aria-label", chinese ? "收起" : "Hide");
    close.onclick = () => overlay && overlay.remove();
    const words = document.createElement("pre");
    words.textContent = text;
    section.append(title, close, words);
    inside.append(section);
    document.documentElement.append(overlay);
  }

  const kept = recall();
  if (kept && document.readyState === "complete") restore(kept);
  else if (kept) addEventListener("load", () => restore(kept));
  if (shown.page !== null) report(shown.broken);
  document.addEventListener("visibilitychange", () => (document.hidden ? silence() : listen()));
  addEventListener("pagehide", silence);
  addEventListener("pageshow", listen);
  addEventListener("keydown", (event) => event.key === "Escape" && overlay && overlay.remove());
})();
