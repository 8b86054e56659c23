// The list of what stands behind a number, and its filters.

const PAGE = 100;
let listed = [];
let shownRows = 0;
let lastAsked = 0;
let slices = null;

async function showList(parameters) {
  const turn = (lastAsked += 1);
  const asked = question(parameters);
  fillFilters(parameters, asked);
  replaceWith(byId('list-system'), data(nameOf(asked.system)));
  listed = [];
  byId('list-count').textContent = 'Searching …';
  replaceWith(document.querySelector('.items tbody'));
  shownRows = 0;
  const found = [];
  for await (const [first, piece] of allDocuments()) {
    if (turn !== lastAsked) return;
    piece.forEach((doc, k) => {
      for (const item of itemsOf(first + k, doc, asked)) found.push(item);
    });
  }
  if (turn !== lastAsked) return;
  listed = found;
  const documents = new Set(found.map((item) => item.at)).size;
  const kept = head.documents.length;
  let part = kept < head.total ? `; the file holds ${kept} of ${head.total} documents` : '';
  if (!head.whole) part += '; it holds nothing of what is right';
  byId('list-count').textContent = `${plural(found.length, 'item')} in ${plural(documents, 'document')}${part}`;
  showMore(asked);
  byId('list-more').onclick = () => showMore(asked);
  fillSlices(parameters);
}

function showMore(asked) {
  const body = document.querySelector('.items tbody');
  for (const item of listed.slice(shownRows, shownRows + PAGE)) body.append(row(item, asked));
  shownRows += PAGE;
  byId('list-more').hidden = shownRows >= listed.length;
}

function row(item, asked) {
  const { doc, at } = item;
  const text = doc.text;
  const name = head.documents[at][0];
  const of = head.labels[(item.gold ?? item.predicted)[0]] + (item.field === undefined ? '' : `.${head.fields[item.field]}`);
  const [one, other] = item.field === undefined
    ? [said(item.gold, text, crossed(item)), said(item.predicted, text, crossed(item))]
    : [valueWords(item.one, text, doc.gold), valueWords(item.other, text, doc.predicted[asked.system])];
  const kind = item.field === undefined ? kindOf(item.code, item.predicted) : head.outcomes[item.outcome];
  const mention = item.gold ?? item.predicted;
  const link = make('a', { href: documentLink(name, mentionKey(item, asked.system)) }, data(name));
  return make('tr', {},
    make('td', {}, badge(kind)), make('td', {}, breakable(of)),
    make('td', { dir: 'auto', 'data-side': inert(nameOf(-1)) }, one || '–'),
    make('td', { dir: 'auto', 'data-side': inert(nameOf(asked.system)) }, other || '–'),
    make('td', {}, link), context(mention, text));
}

function said(mention, text, withLabel) {
  if (!mention) return '';
  const words = wordsOf(mention, text);
  return withLabel ? `${head.labels[mention[0]]}: ${words}` : words;
}

function context(mention, text) {
  const cell = make('td', { dir: 'auto' });
  const place = mention[1];
  if (text === null || !place.length) return cell;
  const start = place[0];
  const end = place[place.length - 1];
  cell.append(
    inert(`…${text.slice(Math.max(0, start - 50), start)}`.replace(/\s+/g, ' ')),
    make('mark', {}, text.slice(start, Math.min(end, start + 200)).replace(/\s+/g, ' ')),
    inert(`${text.slice(end, end + 50)}…`.replace(/\s+/g, ' ')),
  );
  return cell;
}

// The mention's key in an address: a gold one's id, or the system and the predicted one's.
function mentionKey(item, system) {
  return item.gold ? `g.${item.gold[2]}` : `${system}.${item.predicted[2]}`;
}

function documentLink(name, mention) {
  return `#${new URLSearchParams(mention === undefined ? { doc: name } : { doc: name, mention })}`;
}

function fillFilters(parameters, asked) {
  const form = find('.filters');
  const typing = document.activeElement === form.elements.q;
  if (typing) return;
  const change = (key) => (event) => follow(parameters, key, event.target.value);
  const controls = [];
  const add = (title, key, options, value) => {
    if (options.length < 2) return;
    const select = make('select', { name: key });
    for (const [to, words] of options) select.append(make('option', { value: to, selected: to === (value ?? '') }, words));
    select.onchange = change(key);
    controls.push(make('label', {}, title, select));
  };
  const any = ['', 'any'];
  const names = (found) => found.map((name) => [wellFormed(name), name]);
  const numbers = head.systems.map((name, k) => [String(k), name]);
  add('System', 'system', numbers, String(asked.system));
  add('Label', 'label', [any, ...names([...head.labels].sort())], asked.label);
  add('Of', 'field', [['', 'mentions'], ['*', 'values of any field'], ...names([...head.fields].sort())], asked.field);
  if (asked.field === undefined) {
    add('Counted as', 'view', [['', 'strict'], ...Object.keys(head.views).filter((view) => view !== 'strict').map((view) => [view, view])], asked.view === 'strict' ? '' : asked.view);
    const kinds = [...new Set([...Object.values(KINDS), ...(head.groundings.length ? ['hallucinated'] : []), ...(asked.kind ? [asked.kind] : [])])];
    add('Error', 'kind', [any, ...kinds.filter((kind) => kind !== 'optional').map((kind) => [kind, kind.replaceAll(' ', ' or ')])], asked.kind);
  } else {
    add('Counted as', 'view', [['', 'end to end'], ['given_match', 'given match']], asked.view === 'given_match' ? asked.view : '');
  }
  add('Outcome', 'outcome', [any, ...head.outcomes.map((outcome) => [outcome, outcome])], asked.outcome);
  if (head.systems.length > 1) {
    add('Beside', 'other', numbers, String(asked.other));
    add(asked.field === undefined ? 'Found exactly by' : 'Right in', 'right', [any, ['both', 'both'], ['one', 'the first alone'], ['other', 'the other alone'], ['none', 'neither']], asked.right);
  }
  if (head.groundings.length) add('Found in the text', 'grounding', [any, ...head.groundings.map((how) => [how, how])], asked.grounding);
  for (const side of ['gold', 'predicted']) {
    if (asked[side] !== undefined) add(`${nameOf(side === 'gold' ? -1 : asked.system)} says`, side, [any, [asked[side], asked[side] || '(none)']], asked[side]);
  }
  if (asked.alone !== undefined) add('Marked by one alone', 'alone', [any, [asked.alone, asked.alone]], asked.alone);
  if (asked.between !== undefined) add('Taken as', 'between', [any, [asked.between, `${asked.between} or ${asked.and}`]], asked.between);
  if (slices && slices.length) add('Slice', 'slice', [any, ...slices.map((slice) => [slice, slice])], asked.slice);
  const search = make('input', { type: 'search', name: 'q', value: parameters.get('q') ?? '', autocomplete: 'off' });
  let waiting = 0;
  search.oninput = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => follow(new URLSearchParams(location.hash.slice(1)), 'q', search.value), 250);
  };
  controls.push(make('label', {}, 'Search words and values', search));
  form.onsubmit = (event) => event.preventDefault();
  replaceWith(form, ...controls);
}

// Values of `meta` that some documents share, once all are known.
async function fillSlices(parameters) {
  if (slices) return;
  const times = new Map();
  for await (const [, piece] of allDocuments()) {
    for (const doc of piece) {
      for (const [key, value] of Object.entries(doc.meta)) {
        const name = `${key}=${value}`;
        times.set(name, (times.get(name) ?? 0) + 1);
      }
    }
  }
  slices = [...times].filter(([, count]) => count > 1).sort((one, other) => other[1] - one[1]).slice(0, 100).map(([name]) => name);
  if (slices.length) fillFilters(parameters, question(parameters));
}

function follow(parameters, key, value) {
  const next = new URLSearchParams(parameters);
  if (value === '') next.delete(key);
  else next.set(key, value);
  if (key === 'field') ['view', 'outcome', 'kind', 'gold', 'predicted', 'alone', 'between', 'and'].forEach((each) => next.delete(each));
  location.hash = next.toString();
}
