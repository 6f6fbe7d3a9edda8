// What may be looked for, below the search field: a list of links (WAI-ARIA combobox). Without it the form is a form.
let asked = 0;
const styles = new CSSStyleSheet();
styles.replaceSync(`@layer components{
.sugg{list-style:none;padding:0;margin-top:var(--s2);border-top:1px solid var(--rule)}
.sugg li{display:flex;gap:var(--s3);align-items:baseline;border-bottom:1px solid var(--rule)}
.sugg a{flex:1;padding-block:var(--s2);color:inherit;text-decoration:none}
.sugg small{color:var(--ink-3)}
.sugg [aria-selected=true]{background:var(--paper-3)}
}`);
document.adoptedStyleSheets.push(styles);

function choose(input, list, step) {
  const options = [...list.children];
  const at = options.findIndex(option => option.getAttribute('aria-selected') === 'true');
  const next = step ? options[(at + step + options.length + (at < 0 && step < 0)) % options.length] : null;
  for (const option of options) option.setAttribute('aria-selected', String(option === next));
  if (next) { input.setAttribute('aria-activedescendant', next.id); next.scrollIntoView({ block: 'nearest' }); } else input.removeAttribute('aria-activedescendant');
}

function show(input, list, found) {
  list.replaceChildren(...found.map(({ text, kind, url }, at) => {
    const option = Object.assign(document.createElement('li'), { id: `${input.id}-s${at}`, role: 'option' });
    const link = Object.assign(document.createElement('a'), { href: url, textContent: text, tabIndex: -1 });
    option.append(link);
    if (kind) option.append(Object.assign(document.createElement('small'), { textContent: kind }));
    return option;
  }));
  list.hidden = !found.length;
  input.setAttribute('aria-expanded', String(!list.hidden));
  choose(input, list, 0);
}

export function suggest(input) {
  if (input.list_) return;
  const list = input.list_ = Object.assign(document.createElement('ul'), { id: `${input.id}-list`, role: 'listbox', className: 'sugg', hidden: true });
  list.setAttribute('aria-label', 'Suggestions');
  input.closest('form').append(list);
  for (const [name, value] of [['role', 'combobox'], ['aria-autocomplete', 'list'], ['aria-controls', list.id], ['aria-expanded', 'false'], ['autocomplete', 'off']]) input.setAttribute(name, value);
  let timer;
  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const turn = ++asked, typed = input.value.trim();
      try {
        const answer = typed.length > 1 ? await (await fetch(`/search/suggest/?q=${encodeURIComponent(typed)}`)).json() : { suggestions: [] };
        if (turn === asked) show(input, list, answer.suggestions);
      } catch { show(input, list, []); }
    }, 150);
  });
  input.addEventListener('keydown', event => {
    if (list.hidden) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') { event.preventDefault(); choose(input, list, event.key === 'ArrowDown' ? 1 : -1); }
    const chosen = list.querySelector('[aria-selected=true] a');
    if (event.key === 'Enter' && chosen) { event.preventDefault(); chosen.click(); }
    if (event.key === 'Escape') { event.preventDefault(); event.stopPropagation(); show(input, list, []); }
  });
  input.addEventListener('blur', () => setTimeout(() => { if (!list.contains(document.activeElement)) show(input, list, []); }, 200));
}
