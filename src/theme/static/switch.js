// The script switch: keeps the section being read, remembers a choice, offers it once; it never redirects.
(() => {
  const nav = document.querySelector('.switch');
  if (!nav) return;
  const here = document.documentElement.lang;
  const links = [...nav.querySelectorAll('a[hreflang]')];
  const read = () => { try { return localStorage.getItem('edition'); } catch { return null; } };
  const save = (tag) => { try { localStorage.setItem('edition', tag); } catch { /* private mode: the choice is not kept */ } };

  const section = () => {
    let found = '';
    for (const el of document.querySelectorAll('main h1[id],main h2[id],main h3[id],main li[id],main section[id]')) {
      if (el.getBoundingClientRect().top > innerHeight / 3) break;
      found = el.id;
    }
    return scrollY > 80 ? found : '';
  };
  const keep = (link) => {
    if (link.rel !== 'alternate') return; // leads to the other edition's home: there is no such page
    const url = new URL(link.href);
    url.hash = section() || location.hash;
    url.search = location.search;
    link.href = url;
  };
  for (const link of links) {
    for (const kind of ['pointerdown', 'focus', 'click']) link.addEventListener(kind, () => keep(link));
    link.addEventListener('click', () => save(link.lang));
  }

  const kept = read();
  const script = (tag) => /hant/i.test(tag) || !/hans/i.test(tag) && /^yue|-(hk|tw|mo)/i.test(tag) ? 't' : /^zh/i.test(tag) ? 's' : /^en/i.test(tag) ? 'e' : '';
  const wanted = kept || navigator.languages.find(script) || here;
  const link = links.find((a) => a.lang === wanted) || links.find((a) => !kept && script(a.lang) === script(wanted));
  if (wanted === here || link?.rel !== 'alternate' || (!kept && navigator.languages.some((tag) => script(tag) === script(here)))) return;
  const bar = document.createElement('section');
  bar.className = 'offer';
  bar.setAttribute('aria-label', nav.getAttribute('aria-label'));
  const offer = link.cloneNode(true);
  const stay = document.createElement('button');
  stay.type = 'button';
  stay.textContent = nav.dataset.stay;
  stay.addEventListener('click', () => { save(here); bar.remove(); });
  offer.addEventListener('click', () => { save(link.lang); keep(offer); });
  bar.append(nav.dataset.offer, offer, stay);
  document.querySelector('header').before(bar);
})();
