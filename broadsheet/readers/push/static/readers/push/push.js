// Notifications of breaking news: nothing is asked, and nothing registered, before the reader's click.
const place = document.querySelector('[data-push]');
const [button, note] = place.querySelectorAll('button, [role=status]');
const words = place.dataset;
const scope = '/push/';

/** Tell the paper of this browser. */
async function tell(path, said) {
  const answer = await fetch(path, { method: 'POST', body: JSON.stringify(said) });
  if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).error || words.failed);
}

async function current() {
  const kept = await navigator.serviceWorker.getRegistration(scope);
  return kept && kept.scope.endsWith(scope) ? kept.pushManager.getSubscription() : null;
}

async function ready(kept) {
  if (kept.active) return;
  const worker = kept.installing || kept.waiting;
  await new Promise(done => worker.addEventListener('statechange', () => { if (worker.state === 'activated') done(); }));
}

async function start() {
  if (await Notification.requestPermission() !== 'granted') { note.textContent = words.denied; return; }
  const kept = await navigator.serviceWorker.register('/push/worker.js', { scope });
  await ready(kept);
  const applicationServerKey = await (await fetch('/push/key/')).text();
  const made = await kept.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
  try { await tell('/push/devices/', made); } catch (error) { await made.unsubscribe(); throw error; }
  note.textContent = words.started;
}

async function stop(made) {
  await tell('/push/devices/leave/', { endpoint: made.endpoint });
  await made.unsubscribe();
  note.textContent = words.stopped;
}

async function show() {
  const made = await current();
  button.textContent = made ? words.off : words.on;
  button.setAttribute('aria-pressed', String(Boolean(made)));
}

if (navigator.serviceWorker && window.PushManager && window.Notification) {
  button.addEventListener('click', async () => {
    button.disabled = true;
    note.textContent = '';
    try {
      const made = await current();
      await (made ? stop(made) : start());
    } catch (error) { note.textContent = error.message || words.failed; }
    button.disabled = false;
    show();
  });
  show().then(() => { place.hidden = false; });
}
