// The wire desk: keyboard, preview pane, acting without leaving the page, and news of newer reports.
// Everything here has a plain form or link behind it.

const POLL_SECONDS = 15;
const root = document.querySelector("[data-wire]");
const form = root.querySelector("[data-wire-form]");
const pane = root.querySelector("[data-wire-pane]");
const news = root.querySelector("[data-wire-news]");
const rows = [...root.querySelectorAll("[data-item]")];
const said = { file: "Filed", hold: "Held", spike: "Spiked", unspike: "Back on the queue" };
let here = -1;
let undoable = [];
const buttons = new WeakMap(); // a row's buttons as they stood before it was dealt with

const tell = (text, type) =>
  document.dispatchEvent(new CustomEvent("w-messages:add", { detail: { clear: true, text, type } }));

// Moving

const go = (index, { focus = true } = {}) => {
  if (!rows.length) return;
  rows[here]?.classList.remove("is-here");
  here = Math.max(0, Math.min(index, rows.length - 1));
  const row = rows[here];
  row.classList.add("is-here");
  if (focus) row.querySelector("[data-wire-open]").focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
  if (pane.querySelector("[data-shown]")) show(row);
};

// Reading

const paneIsShown = () => getComputedStyle(pane).display !== "none";

async function show(row) {
  if (!paneIsShown()) return false;
  const asked = row.dataset.item;
  pane.dataset.asked = asked;
  try {
    const answer = await fetch(`${row.dataset.href}?pane=1`);
    if (!answer.ok) throw new Error(answer.status);
    const text = await answer.text();
    if (pane.dataset.asked !== asked) return true;
    pane.innerHTML = text;
    pane.scrollTop = 0;
    for (const link of pane.querySelectorAll("[data-wire-body] a")) {
      link.target = "_blank";
      link.rel = "noopener noreferrer";
    }
  } catch {
    window.location = row.dataset.href;
  }
  return true;
}

// Acting

async function act(row, verb, { section = "", open = false } = {}) {
  if (row.classList.contains("is-busy") || (row.dataset.done === verb && verb !== "unspike")) return;
  row.classList.add("is-busy");
  const data = new FormData();
  data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  data.set("one", `${verb}:${row.dataset.item}`);
  data.set("section", section);
  const came = await send(data);
  row.classList.remove("is-busy");
  if (!came) return;
  const done = came.done.includes(Number(row.dataset.item));
  if (came.problems.length) tell(came.problems.join(" "), done ? "warning" : "error");
  if (!done) return;
  const article = came.articles[row.dataset.item];
  if (article && open) window.location = article.url;
  else mark(row, verb, article);
}

async function send(data) {
  try {
    const answer = await fetch(form.action, { method: "POST", body: data, headers: { Accept: "application/json" } });
    if (answer.ok && !answer.redirected) return await answer.json();
    tell("The desk did not take that: reload the page, and log in again if it asks you to.", "error");
  } catch {
    tell("The desk could not be reached. Check the connection, reload the page and see what was done.", "error");
  }
  return null;
}

// A row that was dealt with keeps its place until the page is left: nothing jumps under the editor's hand.
function mark(row, verb, article) {
  const acts = row.querySelector("[data-wire-acts]");
  if (!buttons.has(row)) buttons.set(row, [...acts.childNodes]);
  if (verb === "unspike" && row.dataset.done) {
    row.classList.remove("is-done");
    delete row.dataset.done;
    acts.replaceChildren(...buttons.get(row));
    undoable = undoable.filter((other) => other !== row);
    return;
  }
  row.classList.add("is-done");
  row.dataset.done = verb;
  const tick = row.querySelector('input[name="items"]');
  if (tick) tick.checked = false;
  const status = document.createElement("span");
  status.className = "wire-row__said";
  status.setAttribute("role", "status");
  status.textContent = said[verb];
  acts.replaceChildren(status);
  if (article) {
    const link = document.createElement("a");
    link.className = "button button-small button-secondary";
    link.href = article.url;
    link.textContent = "Open draft";
    acts.append(link);
  } else if (verb !== "unspike") {
    const undo = document.createElement("button");
    undo.type = "submit";
    undo.name = "one";
    undo.value = `unspike:${row.dataset.item}`;
    undo.className = "button button-small button-secondary";
    undo.textContent = "Undo";
    acts.append(undo);
    undoable.push(row);
  }
}

const rowOf = (item) => rows.find((row) => row.dataset.item === item);

root.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (button?.name !== "one") return;
  const [word, item] = button.value.split(":");
  const row = rowOf(item);
  if (!row) return;
  event.preventDefault();
  const verb = word.replace("-stay", "");
  const section = event.target === form ? "" : (event.target.elements.section?.value ?? "");
  act(row, verb, { section: verb === "file" ? section : "", open: word === "file" });
});

root.addEventListener("click", (event) => {
  const link = event.target.closest("[data-wire-open]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const row = link.closest("[data-item]");
  if (!paneIsShown()) return;
  event.preventDefault();
  go(rows.indexOf(row));
  show(row);
});

// Keyboard

const next = () => go(here + 1);
const help = root.querySelector("[data-wire-keys]");
const current = (use) => {
  if (here < 0) go(0);
  if (rows[here]) use(rows[here]);
};
const file = (open) =>
  current((row) => {
    if (row.dataset.done === "file") return;
    if (!row.dataset.target) {
      tell("This report suggests no section you may write in: open it with “o” and choose one.", "warning");
      return;
    }
    act(row, "file", { open });
    if (!open) next();
  });
const aside = (verb) =>
  current((row) => {
    act(row, verb);
    next();
  });
const keys = {
  j: next,
  k: () => go(here - 1),
  o: () => current(async (row) => (await show(row)) || (window.location = row.dataset.href)),
  f: () => file(true),
  F: () => file(false),
  h: () => aside("hold"),
  s: () => aside("spike"),
  u: () => {
    const row = undoable.at(-1);
    if (row) act(row, "unspike").then(() => go(rows.indexOf(row)));
    else tell("There is nothing to undo on this page.", "warning");
  },
  x: () => current((row) => row.querySelector('input[name="items"]')?.click()),
  "/": () => root.querySelector("#wire-text").select(),
  "?": () => help.showModal(),
};
keys.Enter = keys.o;

const typing = (target) => target.closest("input:not([type=checkbox]), select, textarea, [contenteditable], dialog[open]");

if (!("noShortcuts" in root.dataset)) {
  window.addEventListener(
    "keydown",
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || !keys[event.key]) return;
      if (event.key === "Enter" && !event.target.matches("body, [data-wire-open]")) return;
      if (root.ownerDocument.querySelector("dialog[open], [role=dialog]:not([aria-hidden=true])")) return;
      event.preventDefault();
      event.stopImmediatePropagation(); // the admin's own list of keys also opens on "?"
      keys[event.key]();
    },
    true,
  );
  const button = root.querySelector("[data-wire-help]");
  button.hidden = false;
  button.addEventListener("click", () => help.showModal());
}

// Choosing

const all = root.querySelector("[data-wire-all]");
if (all) {
  all.hidden = false;
  all.addEventListener("change", () => {
    for (const tick of root.querySelectorAll('input[name="items"]')) tick.checked = all.checked;
  });
}
for (const select of root.querySelectorAll("[data-wire-filters] select")) {
  select.addEventListener("change", () => select.form.requestSubmit());
}

// News of newer reports

const title = document.title;
async function look() {
  if (document.hidden) return;
  try {
    const url = new URL(root.dataset.newer, window.location.href);
    url.searchParams.set("since", root.dataset.since);
    const answer = await fetch(url, { headers: { Accept: "application/json" } });
    if (!answer.ok || answer.redirected) return;
    const { count, more } = await answer.json();
    if (!count) return;
    news.hidden = false;
    news.textContent = `${count}${more ? "+" : ""} new report${count === 1 ? "" : "s"}`;
    document.title = `(${count}) ${title}`;
  } catch {
    // the next turn asks again
  }
}
if (!("older" in root.dataset)) {
  setInterval(look, POLL_SECONDS * 1000);
  document.addEventListener("visibilitychange", look);
}
