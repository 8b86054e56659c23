// The address says what is shown: #summary, #list=..., #doc=...&mention=...

async function show() {
  const address = location.hash.slice(1);
  const parameters = new URLSearchParams(address);
  const page = parameters.has('doc') ? 'documents' : parameters.has('list') ? 'list' : 'summary';
  for (const each of ['summary', 'list', 'documents']) byId(each).hidden = each !== page;
  const starts = { summary: '#summary', list: '#list', documents: '#doc' };
  for (const link of document.querySelectorAll('nav a')) {
    if (link.getAttribute('href').startsWith(starts[page])) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  if (page === 'summary') return;
  await ready;
  if (page === 'list') await showList(parameters);
  else await showDocument(parameters);
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
  if (byId('documents').hidden) return;
  if (event.key === 'n') step(1);
  else if (event.key === 'p') step(-1);
  else if (event.key === 'Escape') choose(null);
  else return;
  event.preventDefault();
}

const ready = openHead().catch((error) => {
  byId('loading').textContent = `The lists could not be opened: ${error.message}`;
  throw error;
});
document.documentElement.classList.add('alive');
for (const table of document.querySelectorAll('table.sortable')) sortable(table);
for (const table of document.querySelectorAll('table.copied')) copied(table);
addEventListener('hashchange', show);
addEventListener('keydown', onKey);
byId('next-error').onclick = () => step(1);
byId('previous-error').onclick = () => step(-1);
const chooser = find('.chooser form');
chooser.onsubmit = (event) => event.preventDefault();
let typing = 0;
chooser.elements.q.oninput = () => {
  clearTimeout(typing);
  typing = setTimeout(() => searchDocuments(chooser.elements.q.value), 200);
};
chooser.elements.order.onchange = () => searchDocuments(chooser.elements.q.value);
let width = innerWidth;
addEventListener('resize', () => {
  if (innerWidth === width || !current || byId('documents').hidden) return;
  width = innerWidth;
  drawDocument();
  choose(current.chosen?.key);
});
addEventListener('beforeprint', () => {
  for (const details of document.querySelectorAll('details')) details.open = true;
});
show();
