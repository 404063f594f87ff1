// The timeline's filter by role (kept in ?role=), the ruler's place marker, and links that copy themselves.
(() => {
  const form = document.querySelector('.filter');
  const entries = [...document.querySelectorAll('.tl > .entry')];
  if (!form || !entries.length) return;
  const status = form.querySelector('[role=status]');
  const buttons = [...form.querySelectorAll('button')];
  form.hidden = false;

  const filter = (role) => {
    let shown = 0, half = 0;
    for (const entry of entries) {
      const gap = entry.querySelector('.gap');
      if (gap) half += +gap.dataset.half;
      entry.hidden = Boolean(role) && entry.dataset.role !== role;
      if (entry.hidden) continue;
      // The blank before an entry keeps its scale when entries between are hidden.
      if (gap) {
        if (!shown) half = 0;
        gap.className = `gap g${Math.min(half, 30)}`;
        gap.firstElementChild.textContent = half >= 4 ? gap.dataset.before + Math.round(half / 2) + gap.dataset.after : '';
      }
      half = 0;
      shown++;
    }
    for (const b of buttons) b.setAttribute('aria-pressed', b.value === role);
    return shown;
  };
  const asked = () => {
    const role = new URLSearchParams(location.search).get('role') || '';
    return buttons.some((b) => b.value === role) ? role : '';
  };
  const restore = () => { filter(asked()); };
  form.addEventListener('click', (e) => {
    const button = e.target.closest('button');
    if (!button) return;
    const url = new URL(location);
    url.searchParams.delete('role');
    if (button.value) url.searchParams.set('role', button.value);
    history.pushState(null, '', url);
    status.textContent = status.dataset.before + filter(button.value) + status.dataset.after;
  });
  form.addEventListener('submit', (e) => e.preventDefault());
  addEventListener('popstate', restore);
  // A link to an entry that the filter hides shows everything again.
  const reach = () => {
    const entry = entries.find((e) => `#${encodeURI(e.id)}` === location.hash);
    if (entry?.hidden) { filter(''); entry.scrollIntoView(); }
  };
  addEventListener('hashchange', reach);
  if (asked()) { restore(); reach(); }

  for (const link of document.querySelectorAll('.perma')) {
    link.addEventListener('click', () => {
      navigator.clipboard?.writeText(link.href).then(() => { status.textContent = status.dataset.copied; link.textContent = '✓'; }, () => {});
    });
    link.addEventListener('blur', () => { link.textContent = '#'; });
  }

  const ticks = new Map([...document.querySelectorAll('.ruler [data-for]')].map((t) => [t.dataset.for, t]));
  const watch = new IntersectionObserver((seen) => {
    for (const s of seen) ticks.get(s.target.id)?.classList.toggle('now', s.isIntersecting);
  }, { rootMargin: '-25% 0px -60% 0px' });
  entries.forEach((e) => watch.observe(e));
})();
