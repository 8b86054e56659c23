// The view of one document: chosen from a list, read with its tracks, walked from error to error.

let current = null; // {at, name, doc, marks, errors, chosen}
let order = [];

async function showDocument(parameters) {
  const wanted = parameters.get('doc');
  const mention = parameters.get('mention');
  if (!order.length) orderDocuments();
  const at = wanted === '' && order.length ? order[0] : position.get(wellFormed(wanted));
  if (at === undefined) {
    byId('document-title').textContent = wanted ? `${inert(wanted)}: no document of this name is in the file` : 'No document';
    replaceWith(byId('sheet'));
    replaceWith(byId('mention'));
    return;
  }
  if (current?.at !== at) {
    const doc = await openDocument(at);
    const marks = marksOf(doc);
    const errors = marks.filter((mark) => mark.kind !== 'correct' && mark.kind !== 'optional' || mark.wrongFields);
    current = { at, name: head.documents[at][0], doc, marks, errors, chosen: null };
    drawDocument();
  }
  choose(mention, { move: true });
}

function drawDocument() {
  const { at, name, doc, marks } = current;
  replaceWith(byId('document-title'), data(name));
  const place = order.indexOf(at);
  for (const [id, to] of [['previous-document', order[place - 1]], ['next-document', order[place + 1]]]) {
    byId(id).hidden = to === undefined;
    if (to !== undefined) byId(id).href = documentLink(head.documents[to][0]);
  }
  const below = head.systems.map((system, k) => (head.systems.length > 1 ? `${k + 1} ${system}` : system)).join(', ');
  replaceWith(byId('legend'), make('span', {}, `above: ${nameOf(-1)}; below: ${below}.`),
    ...['correct', 'boundary', 'label', 'missed', 'spurious', ...(head.groundings.length ? ['hallucinated'] : [])].map(badge), make('span', {}, '✎ fields differ'));
  const sheet = byId('sheet');
  if (doc.text === null) drawWithout(sheet, marks);
  else drawTracks(sheet, doc.text, marks.filter((mark) => mark.place.length), choose);
  if (doc.text !== null) {
    const nowhere = marks.filter((mark) => !mark.place.length);
    const lost = nowhere.filter((mark) => mark.mention[4]?.grounding === 'none');
    const records = nowhere.filter((mark) => !lost.includes(mark));
    if (lost.length) {
      const said = `${plural(lost.length, 'mention')} with words that are not in the text`;
      sheet.prepend(make('details', { class: 'lost' }, make('summary', {}, said), listOf(lost)));
    }
    if (records.length) sheet.append(make('h3', {}, 'Without a place'), listOf(records));
  }
  for (const link of byId('documents-found').querySelectorAll('a')) {
    if (link.dataset.at === String(at)) link.setAttribute('aria-current', 'true');
    else link.removeAttribute('aria-current');
  }
  byId('next-error').disabled = byId('previous-error').disabled = !current.errors.length;
}

function drawWithout(sheet, marks) {
  replaceWith(sheet, make('p', { class: 'note' }, 'The text is not in this file.'), listOf(marks));
}

function listOf(marks) {
  const list = make('ul', { class: 'marks' });
  for (const mark of marks) {
    const button = make('button', { type: 'button', 'data-mark': mark.key }, `${nameOf(mark.side)}: ${mark.label} ${mark.words}`);
    button.onclick = () => choose(mark.key);
    list.append(make('li', {}, badge(mark.kind), ' ', button));
  }
  return list;
}

// Every mention of every side; a gold one is as good as the worst system makes it.
function marksOf(doc) {
  const marks = [];
  const pairs = new Map();
  const mark = (side, mention) => ({
    key: side === -1 ? `g.${mention[2]}` : `${side}.${mention[2]}`, side, mention, place: mention[1], label: head.labels[mention[0]],
    words: wordsOf(mention, doc.text), kind: 'correct', wrongFields: false, partners: [], rows: [],
  });
  const gold = doc.gold.map((mention) => mark(-1, mention));
  doc.items.forEach((items, system) => {
    const theirs = doc.predicted[system].map((mention) => mark(system, mention));
    for (const [g, p, code, values] of items) {
      const kind = kindOf(code, doc.predicted[system][p]);
      const wrong = (values ?? []).some(([, outcome, unmatched]) => outcome && !unmatched);
      for (const [one, other] of [[gold[g], theirs[p]], [theirs[p], gold[g]]]) {
        if (!one) continue;
        if (one.kind === 'correct' || one.kind === 'optional') one.kind = kind;
        one.wrongFields ||= wrong;
        one.rows.push({ system, kind, values: values ?? [], partner: other ?? null });
        if (other) one.partners.push(other.key);
      }
    }
    marks.push(...theirs);
  });
  marks.unshift(...gold);
  return marks.sort((one, other) => (one.place[0] ?? 1e9) - (other.place[0] ?? 1e9) || one.side - other.side);
}

function choose(key, { move = false } = {}) {
  const wanted = wellFormed(key ?? '');
  const mark = current.marks.find((each) => wellFormed(each.key) === wanted) ?? null;
  current.chosen = mark;
  const related = new Set(mark ? [...mark.partners, ...referencesOf(mark)] : []);
  let first = null;
  for (const piece of byId('sheet').querySelectorAll('[data-mark]')) {
    const isIt = mark !== null && piece.dataset.mark === mark.key;
    piece.classList.toggle('chosen', isIt);
    piece.classList.toggle('related', related.has(piece.dataset.mark));
    if (isIt) first ??= piece;
  }
  drawMention(mark);
  if (!mark) return;
  const address = documentLink(current.name, mark.key);
  if (location.hash !== address) history.replaceState(null, '', address);
  if (first) first.closest('details')?.setAttribute('open', '');
  if (first && move) {
    first.scrollIntoView({ block: 'center' });
    first.focus({ preventScroll: true });
  }
}

// Keys of the mentions that a mention's fields lead to.
function referencesOf(mark) {
  const side = mark.side === -1 ? 'g' : mark.side;
  return Object.values(mark.mention[3] ?? {}).flat()
    .filter((value) => typeof value?.ref === 'string').map((value) => `${side}.${value.ref}`);
}

function drawMention(mark) {
  const panel = byId('mention');
  panel.classList.toggle('idle', !mark);
  if (!mark) return replaceWith(panel, make('p', { class: 'note' }, `Choose a mention to see its fields, or press n for the next ${byId('documents-count').dataset.noun.slice(0, -1)}.`));
  const { doc } = current;
  const parts = [make('h3', {}, data(mark.label)), make('p', { dir: 'auto' }, mark.words)];
  for (const { system, kind, values, partner } of mark.rows) {
    parts.push(make('p', {}, badge(kind), ' ', data(head.systems[system])));
    if (partner && (partner.words !== mark.words || partner.label !== mark.label)) {
      parts.push(make('dl', {}, make('dt', {}, data(nameOf(mark.side === -1 ? system : -1))), make('dd', { dir: 'auto' }, `${partner.label}: ${partner.words}`)));
    }
    if (values.length) parts.push(fieldTable(doc, system, values));
  }
  const { score, grounding } = mark.mention[4] ?? {};
  const facts = [['id', mark.mention[2]], ['score', score], ['found in the text', grounding]].filter(([, value]) => value !== undefined);
  parts.push(make('dl', {}, ...facts.flatMap(([name, value]) => [make('dt', {}, name), make('dd', {}, String(value))])));
  const leads = referencesOf(mark).filter((key) => current.marks.some((each) => each.key === key));
  for (const key of leads) {
    const target = current.marks.find((each) => each.key === key);
    const button = make('button', { type: 'button' }, `→ ${target.label} ${target.words}`);
    button.onclick = () => choose(key, { move: true });
    parts.push(button);
  }
  return replaceWith(panel, ...parts);
}

function fieldTable(doc, system, values) {
  const body = make('tbody');
  for (const [field, outcome, , one, other] of values) {
    body.append(make('tr', {},
      make('th', { scope: 'row' }, breakable(head.fields[field])),
      make('td', {}, breakable(valueWords(one, doc.text, doc.gold) || '–')),
      make('td', {}, breakable(valueWords(other, doc.text, doc.predicted[system]) || '–')),
      make('td', {}, make('span', { title: head.outcomes[outcome], 'aria-label': head.outcomes[outcome], role: 'img' }, SIGNS[head.outcomes[outcome]]))));
  }
  const names = ['field', nameOf(-1), nameOf(system)].map((name) => make('th', { scope: 'col' }, data(name)));
  return make('table', {}, make('thead', {}, make('tr', {}, ...names, make('td'))), body);
}

function step(by) {
  const { errors, chosen } = current ?? { errors: [] };
  if (!errors.length) return;
  const at = chosen ? errors.indexOf(chosen) : -1;
  const next = at < 0 && by < 0 ? errors.length - 1 : (at + by + errors.length) % errors.length;
  choose(errors[next].key, { move: true });
}

function orderDocuments() {
  const byErrors = find('.chooser select').value === 'errors';
  order = head.documents.map((_, at) => at);
  if (byErrors) order.sort((one, other) => errorsOf(other) - errorsOf(one) || one - other);
  else order.sort((one, other) => (head.documents[one][0] < head.documents[other][0] ? -1 : 1));
  return fillDocuments(order);
}

let searching = 0;
async function searchDocuments(wanted) {
  const turn = (searching += 1);
  orderDocuments();
  const asked = wanted.toLowerCase();
  if (!asked) return;
  byId('documents-count').textContent = 'Searching …';
  const found = new Set();
  for await (const [first, piece] of allDocuments()) {
    if (turn !== searching) return;
    piece.forEach((doc, k) => {
      const at = first + k;
      if (head.documents[at][0].toLowerCase().includes(asked) || doc.text?.toLowerCase().includes(asked)) found.add(at);
    });
  }
  if (turn === searching) fillDocuments(order.filter((at) => found.has(at)));
}

function fillDocuments(found) {
  const list = byId('documents-found');
  const more = byId('documents-more');
  let shown = 0;
  replaceWith(list);
  byId('documents-count').textContent = `${plural(found.length, 'document')}, with the number of ${byId('documents-count').dataset.noun}`;
  const show = () => {
    for (const at of found.slice(shown, shown + PAGE)) {
      const [name] = head.documents[at];
      const link = make('a', { href: documentLink(name), 'data-at': at, 'aria-current': current?.at === at ? 'true' : false }, data(name), make('span', {}, String(errorsOf(at))));
      list.append(make('li', {}, link));
    }
    shown += PAGE;
    more.hidden = shown >= found.length;
  };
  more.onclick = show;
  show();
}
