// Sorts the glossary by strokes, pinyin or English; the table reads the same without it.
(() => {
  const bar = document.querySelector('.sorts');
  if (!bar) return;
  const body = document.getElementById(bar.dataset.table).tBodies[0];
  bar.hidden = false;
  bar.addEventListener('click', (e) => {
    const by = e.target.dataset.by;
    if (!by) return;
    const rows = [...body.rows];
    rows.sort((a, b) => a.dataset[by].localeCompare(b.dataset[by], 'en', { numeric: true }));
    body.append(...rows);
    for (const b of bar.querySelectorAll('button')) b.setAttribute('aria-pressed', b === e.target);
  });
})();
