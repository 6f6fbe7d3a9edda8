// The side panel "What will publishing change?": asks each time it is opened, for the draft goes on being saved.
async function look(box, url) {
  try {
    const answer = await fetch(url, { headers: { 'X-Requested-With': 'XMLHttpRequest' } });
    if (!answer.ok) throw new Error(answer.status);
    const found = new DOMParser().parseFromString(await answer.text(), 'text/html').body;
    box.replaceChildren(...found.childNodes);
  } catch {
    box.textContent = 'This could not be found out just now. Close the panel and open it again.';
  }
}

// The admin tells a panel that it is shown by an event that does not bubble.
document.addEventListener('show', event => {
  const box = event.target.querySelector('[data-impact]');
  if (box) look(box, box.dataset.impact);
}, true);

document.addEventListener('click', event => {
  const other = event.target.closest('[data-impact-other]');
  if (!other) return;
  event.preventDefault();
  look(other.closest('[data-impact]'), other.href);
});
