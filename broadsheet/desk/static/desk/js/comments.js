// The comments' queue: keyboard, and deciding without leaving the page. Everything here has a plain form behind it.

const root = document.querySelector("[data-talk]");
const form = root.querySelector("[data-talk-form]");
const rows = [...root.querySelectorAll("[data-comment]")];
const help = root.querySelector("[data-talk-keys]");
const buttons = new WeakMap(); // a row's buttons as they stood before it was dealt with
let here = -1;
let undoable = [];

const tell = (text, type) =>
  document.dispatchEvent(new CustomEvent("w-messages:add", { detail: { clear: true, text, type } }));

function go(index) {
  if (!rows.length) return;
  rows[here]?.classList.remove("is-here");
  here = Math.max(0, Math.min(index, rows.length - 1));
  rows[here].classList.add("is-here");
  rows[here].focus({ preventScroll: true });
  rows[here].scrollIntoView({ block: "nearest" });
}

async function act(row, verb) {
  if (row.classList.contains("is-busy")) return;
  row.classList.add("is-busy");
  const data = new FormData(form);
  for (const name of ["items", "all"]) data.delete(name);
  data.set("one", `${verb}:${row.dataset.comment}`);
  try {
    const answer = await fetch(form.action, { method: "POST", body: data, headers: { Accept: "application/json" } });
    if (!answer.ok || answer.redirected) throw new Error(answer.status);
    const { done, said } = await answer.json();
    if (done.length) mark(row, verb, said);
  } catch {
    tell("The desk did not take that: reload the page, and log in again if it asks you to.", "error");
  }
  row.classList.remove("is-busy");
}

// A row that was dealt with keeps its place until the page is left: nothing jumps under the moderator's hand.
function mark(row, verb, said) {
  const acts = row.querySelector("[data-talk-acts]");
  if (!buttons.has(row)) buttons.set(row, [...acts.childNodes]);
  undoable = undoable.filter((other) => other !== row);
  if (verb === "back") {
    row.classList.remove("is-done");
    acts.replaceChildren(...buttons.get(row));
    return;
  }
  row.classList.add("is-done");
  row.querySelector('input[name="items"]').checked = false;
  const status = Object.assign(document.createElement("span"), { textContent: said });
  status.setAttribute("role", "status");
  acts.replaceChildren(status);
  if (!["approve", "reject", "spam"].includes(verb)) return;
  const undo = Object.assign(document.createElement("button"), {
    type: "submit", name: "one", value: `back:${row.dataset.comment}`, className: "button button-small button-secondary",
    textContent: "Undo",
  });
  acts.append(undo);
  undoable.push(row);
}

form.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (button?.name !== "one") return;
  const row = button.closest("[data-comment]");
  event.preventDefault();
  act(row, button.value.split(":")[0]);
});

const decide = (verb) => () => {
  if (here < 0) go(0);
  const row = rows[here];
  if (!row || !row.querySelector("[data-talk-acts]")) return;
  act(row, verb);
  if (verb !== "pick") go(here + 1);
};
const keys = {
  j: () => go(here + 1),
  k: () => go(here - 1),
  a: decide("approve"),
  r: decide("reject"),
  s: decide("spam"),
  p: decide("pick"),
  b: () => rows[here]?.querySelector('[value^="ban:"]') && decide("ban")(),
  o: () => rows[here] && window.open(rows[here].querySelector("[data-talk-open]").href, "_blank", "noopener"),
  x: () => rows[here]?.querySelector('input[name="items"]')?.click(),
  u: () => {
    const row = undoable.at(-1);
    if (row) act(row, "back").then(() => go(rows.indexOf(row)));
    else tell("There is nothing to undo on this page.", "warning");
  },
  "/": () => root.querySelector("#talk-text").select(),
  "?": () => help.showModal(),
};
const typing = (target) => target.closest("input:not([type=checkbox]), select, textarea, [contenteditable], dialog[open]");

if (!("noShortcuts" in root.dataset)) {
  window.addEventListener(
    "keydown",
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || !keys[event.key]) return;
      if (document.querySelector("dialog[open], [role=dialog]:not([aria-hidden=true])")) return;
      event.preventDefault();
      event.stopImmediatePropagation(); // the admin's own list of keys also opens on "?"
      keys[event.key]();
    },
    true,
  );
  const button = root.querySelector("[data-talk-help]");
  button.hidden = false;
  button.addEventListener("click", () => help.showModal());
}

const all = root.querySelector("[data-talk-all]");
if (all) {
  all.hidden = false;
  all.addEventListener("change", () => {
    for (const tick of root.querySelectorAll('input[name="items"]')) tick.checked = all.checked;
  });
}
