// Everything works without this file. No build, no dependency, no inline handlers.
const root = document.documentElement;
const status = document.getElementById('status');
let clear;

/** Say something to every reader, seeing or not, for a moment. */
function say(text) {
  clearTimeout(clear);
  status.textContent = '';
  requestAnimationFrame(() => { status.textContent = text; });
  clear = setTimeout(() => { status.textContent = ''; }, 3000);
}

// Browsers older than commandfor: open and close the dialogs ourselves.
function openDialog(button) {
  const dialog = document.getElementById(button.getAttribute('commandfor'));
  if (button.getAttribute('command') === 'close') dialog.close(); else dialog.showModal();
}

function switchTheme() {
  const system = matchMedia('(prefers-color-scheme:dark)').matches ? 'dark' : 'light';
  const next = (root.dataset.theme || system) === 'dark' ? 'light' : 'dark';
  root.dataset.theme = next;
  try { localStorage.theme = next; } catch { /* private windows may refuse to remember */ }
  say(`${next === 'dark' ? 'Dark' : 'Light'} theme`);
}

async function copyLink(button) {
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    say('Link copied');
  } catch { say(button.dataset.copy); }
}

async function nativeShare(button) {
  try { await navigator.share({ title: document.title, url: button.dataset.share }); } catch { /* the reader closed it */ }
}

// Nothing is loaded from another site before this click.
function loadEmbed(event, link) {
  event.preventDefault();
  const box = link.closest('.emb');
  const frame = Object.assign(document.createElement('iframe'), {
    src: link.dataset.embed, title: link.dataset.title, allow: 'autoplay; encrypted-media; fullscreen; picture-in-picture',
    referrerPolicy: 'strict-origin-when-cross-origin',
  });
  box.replaceChildren(frame);
  frame.focus();
}

// An answer is written below what it answers; without this, its link leads to a page with the form.
const write = document.querySelector('.write form');
const place = write?.parentNode, opened = Date.now();
function put(name, value) {
  const input = write.elements[name] || write.appendChild(Object.assign(document.createElement('input'), { type: 'hidden', name }));
  input.value = value;
}
function reply(event, link) {
  if (!write) return;
  event.preventDefault();
  const below = link.closest('li');
  const back = below.contains(write);
  (back ? place : below).append(write);
  put('parent', back ? '' : link.dataset.reply);
  (back ? link : write.elements.text).focus();
}
write?.addEventListener('submit', () => put('took', (Date.now() - opened) / 1e3));

const without = !('commandForElement' in HTMLButtonElement.prototype);
document.addEventListener('click', event => {
  const at = selector => event.target.closest(selector);
  let found;
  if (event.target.matches('dialog[open]')) event.target.close(); // the backdrop
  else if (without && (found = at('[commandfor]'))) openDialog(found);
  else if (at('[data-theme-button]')) switchTheme();
  else if ((found = at('[data-copy]'))) copyLink(found);
  else if ((found = at('[data-share]'))) nativeShare(found);
  else if ((found = at('[data-embed]'))) loadEmbed(event, found);
  else if ((found = at('[data-reply]'))) reply(event, found);
  for (const open of document.querySelectorAll('details[data-popover][open]')) if (!open.contains(event.target)) open.open = false;
});

document.addEventListener('keydown', event => {
  if (event.key === 'Escape') for (const open of document.querySelectorAll('details[data-popover][open]')) { open.open = false; open.querySelector('summary').focus(); }
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
  if (/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName) || document.querySelector('dialog[open]')) return;
  event.preventDefault();
  document.getElementById('search').showModal();
});

// What may be looked for is asked for once somebody types.
document.addEventListener('input', async event => {
  const { suggest } = event.target.dataset;
  if (suggest && !event.target.list_) { (await import(suggest)).suggest(event.target); event.target.dispatchEvent(new Event('input')); }
});

if (navigator.share) for (const button of document.querySelectorAll('[data-share]')) button.hidden = false;

// The server sends absolute times; fresh ones are told by their age.
const relative = new Intl.RelativeTimeFormat(root.lang, { numeric: 'auto', style: 'narrow' });
function tellAges(within) {
  for (const time of within.querySelectorAll('time[data-rel]')) {
    const minutes = (Date.parse(time.dateTime) - Date.now()) / 6e4;
    if (minutes > 0 || minutes <= -720) continue;
    time.title = time.textContent;
    time.textContent = minutes > -60 ? relative.format(Math.round(minutes), 'minute') : relative.format(Math.round(minutes / 60), 'hour');
  }
}
tellAges(document);

// One view is counted, and how much of the text was seen, once the page is looked at: no cookie, nothing about the reader.
const seen = document.querySelector('[data-seen]');
const tell = said => navigator.sendBeacon(seen.dataset.seen, new URLSearchParams(said));
let told = -1, quarter = 0;
function look() {
  const { top, height } = seen.querySelector('.body').getBoundingClientRect();
  quarter = Math.max(quarter, Math.min(4, Math.floor((innerHeight - top + 1) / height * 4)));
}
function left() { if (told >= 0 && quarter > told) tell({ quarter: told = quarter }); }
function shown() {
  if (document.hidden) { left(); return; } // a page loaded in advance is hidden until somebody looks at it
  if (told < 0) {
    told = 0;
    let from = '';
    try { from = new URL(document.referrer).host; } catch { /* opened directly */ }
    tell({ from });
  }
  look();
}
if (seen && !navigator.globalPrivacyControl && navigator.doNotTrack !== '1') {
  if (document.readyState === 'complete') shown(); else addEventListener('load', shown);
  addEventListener('scroll', look, { passive: true });
  document.addEventListener('visibilitychange', shown);
  addEventListener('pagehide', left);
  addEventListener('pageshow', event => { if (event.persisted) { told = -1; shown(); } });
}

// What changes by the minute was baked in as the page was rendered. Nothing changes under a reader's focus.
const had = new WeakMap();
function rest(box, wait) { box.rests = true; setTimeout(() => { box.rests = false; refresh(box); }, wait); }
async function refresh(box) {
  if (document.hidden || !box.near || box.rests) return; // it is asked again when that changes
  if (box.contains(document.activeElement)) { rest(box, 5e3); return; }
  const life = box.dataset.seconds * 1e3;
  let wait = life;
  box.rests = true;
  try {
    // The first may have been kept by the browser since a page before; it is shown for what is left of its life.
    const answer = await fetch(box.getAttribute('src'), { cache: had.has(box) ? 'no-cache' : 'default' });
    if (!answer.ok) throw answer;
    const now = await answer.text();
    if (!had.has(box)) wait = Math.max(1e3, Math.min(life, life - Date.now() + Date.parse(answer.headers.get('date')))) || life;
    box.failed = 0;
    if (now !== had.get(box)) {
      had.set(box, now);
      const made = new DOMParser().parseFromString(now, 'text/html').body;
      tellAges(made);
      const chosen = box.querySelector(':checked')?.id;
      box.replaceChildren(...made.childNodes);
      if (chosen && document.getElementById(chosen)) document.getElementById(chosen).checked = true;
    }
  } catch { // away: what is there stands, and it is asked again soon, by each reader at another moment
    box.failed = (box.failed || 0) + 1;
    wait = Math.min(life, 1e3 * 2 ** box.failed) * (.5 + Math.random());
  }
  rest(box, wait);
}
// Fetched once it is near the window, and again in its life while it stays there. An empty one is not shown: it has no place.
const near = new IntersectionObserver(entries => {
  for (const { target, isIntersecting } of entries) if ((target.near = isIntersecting || !target.childNodes.length)) refresh(target);
}, { rootMargin: '400px' });
for (const box of document.querySelectorAll('live-box')) {
  near.observe(box);
  document.addEventListener('visibilitychange', () => refresh(box));
}
