// Leads from the chooser to the reader's edition: the one chosen before, else the first language that the
// browser asks for. Whoever comes from inside the site wants to choose, and stays.
(() => {
  const links = [...document.querySelectorAll('main a[lang]')];
  for (const link of links) link.addEventListener('click', () => { try { localStorage.setItem('edition', link.lang); } catch { /* as below */ } });
  if (document.referrer && new URL(document.referrer).origin === location.origin) return;
  let kept = null;
  try { kept = localStorage.getItem('edition'); } catch { /* private mode: nothing is kept */ }
  // zh-TW, zh-HK, zh-MO and zh-Hant read Traditional; zh, zh-CN, zh-SG and zh-Hans read Simplified.
  const kind = (tag) => {
    const [language] = tag.toLowerCase().split('-');
    if (language !== 'zh' && language !== 'yue') return language;
    if (/-hans\b/i.test(tag)) return 's';
    return /-(hant|tw|hk|mo)\b/i.test(tag) || language === 'yue' ? 't' : 's';
  };
  const fits = (tag) => links.find((a) => a.lang.toLowerCase() === tag.toLowerCase()) || links.find((a) => kind(a.lang) === kind(tag));
  const link = links.find((a) => a.lang === kept) || navigator.languages.map(fits).find(Boolean);
  if (link) location.replace(link.href);
})();
