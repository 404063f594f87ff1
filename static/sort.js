// Sorts the glossary by its buttons and the hosts table by its headings; both read the same without it.
(() => {
  const order = new Intl.Collator(document.documentElement.lang, { numeric: true });
  // Rows without a value come last, whichever way the others go.
  const sort = (table, by, down) => {
    const rows = [...table.tBodies[0].rows].sort(({ dataset: a }, { dataset: b }) => {
      if (!a[by] || !b[by]) return !a[by] - !b[by];
      return (down ? -1 : 1) * order.compare(a[by], b[by]);
    });
    table.tBodies[0].append(...rows);
  };

  for (const bar of document.querySelectorAll('.sorts')) {
    bar.hidden = false;
    bar.addEventListener('click', ({ target }) => {
      if (!target.dataset.by) return;
      sort(document.getElementById(bar.dataset.table), target.dataset.by);
      for (const b of bar.querySelectorAll('button')) b.setAttribute('aria-pressed', b === target);
    });
  }

  const heads = [...document.querySelectorAll('th[data-sort]')];
  for (const head of heads) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'sort';
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener('click', () => {
      const down = head.getAttribute('aria-sort') === 'ascending';
      const table = head.closest('table');
      sort(table, head.dataset.sort, down);
      for (const other of heads) other.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      const status = document.getElementById(table.dataset.status);
      status.textContent = status.dataset.by + button.textContent + (down ? ' ↓' : ' ↑');
    });
  }
  heads[0]?.setAttribute('aria-sort', 'ascending');
})();
