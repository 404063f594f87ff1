// Search in either script: the index and the map of variant characters are loaded when the dialog first opens.
(() => {
  const open = document.querySelector('[data-search]');
  if (!open || !window.HTMLDialogElement) return;
  open.hidden = false;
  const say = open.dataset;
  const make = (tag, set = {}) => Object.assign(document.createElement(tag), set);
  const box = make('dialog');
  const input = make('input', { type: 'search', id: 'q', autocomplete: 'off', enterKeyHint: 'search' });
  const count = make('p', { className: 'small' });
  const list = make('ol');
  const label = make('label', { htmlFor: 'q', textContent: say.label });
  const close = make('button', { type: 'button', textContent: say.close });
  const row = make('div', { className: 'row' });
  box.setAttribute('aria-label', open.textContent);
  count.setAttribute('role', 'status');
  row.append(label, close);
  box.append(row, input, count, list);
  document.body.append(box);

  let pages, map;
  // One code point in, one code point out, so that a place in the folded text is a place in the text.
  const fold = (chars) => chars.map((c) => { c = map[c] || c; const l = c.toLowerCase(); return [...l].length === 1 ? l : c; });
  const load = async () => {
    const get = async (url) => { const r = await fetch(url); if (!r.ok) throw r.status; return r.json(); };
    // A page opened from disk may not fetch, but it may load the same value as a script.
    const run = (url) => new Promise((done, fail) => {
      const el = make('script', { src: `${url}.js`, onerror: fail, onload: () => done(el.data) });
      document.head.append(el);
    });
    const from = location.protocol === 'file:' ? run : get;
    const [index, table] = await Promise.all([from(say.search), say.fold ? from(say.fold) : {}]);
    map = table;
    pages = index.pages.map((p) => {
      const text = [...`${p.t}\n${p.x}`];
      return { url: new URL(p.u, new URL(say.search, location)), title: p.t, head: [...p.t].length, text, folded: fold(text) };
    });
  };
  const find = (where, what) => {
    outer: for (let i = 0; i <= where.length - what.length; i++) {
      for (let j = 0; j < what.length; j++) if (where[i + j] !== what[j]) continue outer;
      return i;
    }
    return -1;
  };
  // Appends text[from..to] with every hit of a term marked.
  const marked = (parent, page, from, to, terms) => {
    for (let i = from; i < to;) {
      const hit = terms.find((t) => t.every((c, j) => page.folded[i + j] === c));
      const end = hit ? i + hit.length : i + 1;
      const piece = page.text.slice(i, end).join('');
      parent.append(hit ? make('mark', { textContent: piece }) : piece);
      i = end;
    }
    parent.normalize();
  };
  const show = () => {
    list.replaceChildren();
    count.textContent = '';
    if (!pages) return; // still on its way: what is typed meanwhile is looked for when it has come
    const terms = input.value.trim().split(/\s+/).filter(Boolean).map((t) => fold([...t]));
    if (!terms.length) return;
    const hits = [];
    for (const page of pages) {
      const at = terms.map((t) => find(page.folded, t));
      if (at.every((i) => i >= 0)) hits.push({ page, at: Math.max(...at), rank: at.filter((i) => i >= page.head).length });
    }
    hits.sort((a, b) => a.rank - b.rank);
    count.textContent = hits.length ? say.found.replace('{n}', hits.length) : say.none;
    for (const { page, at } of hits.slice(0, 30)) {
      const item = make('li'), link = make('a', { href: page.url }), text = make('p');
      marked(link, page, 0, page.head, terms);
      const from = Math.max(page.head + 1, at - 24), to = Math.min(page.text.length, from + 84);
      if (from > page.head + 1) text.append('…');
      marked(text, page, from, to, terms);
      if (to < page.text.length) text.append('…');
      item.append(link, text);
      list.append(item);
    }
  };
  open.addEventListener('click', async () => {
    box.showModal();
    input.focus();
    if (!pages) try { await load(); } catch { count.textContent = say.failed; return; }
    show();
  });
  close.addEventListener('click', () => box.close());
  box.addEventListener('click', (e) => { if (e.target === box) box.close(); });
  input.addEventListener('input', (e) => { if (!e.isComposing) show(); });
  input.addEventListener('compositionend', show);
  box.addEventListener('keydown', (e) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
    const links = [input, ...list.querySelectorAll('a')];
    if (e.key === 'Enter' && e.target === input && !e.isComposing && links[1]) links[1].click();
    if (!step) return;
    e.preventDefault();
    links[(links.indexOf(document.activeElement) + step + links.length) % links.length].focus();
  });
})();
