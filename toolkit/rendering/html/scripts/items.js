// Items: a mention or a value with what became of it. What is asked for is in the page's address.

const KINDS = { 0: 'optional', 1: 'correct', 2: 'boundary', 3: 'boundary', 4: 'label', 5: 'label+boundary', 6: 'missed', 7: 'spurious' };
const SIGNS = {
  correct: '✓', boundary: '≈', partial: '≈', label: '≠', 'label+boundary': '≠≈', incorrect: '≠',
  missed: '∅', missing: '∅', spurious: '+', hallucinated: '+?', optional: '○',
};

// What is spurious and says words that are not in the text is hallucinated.
function kindOf(code, predicted) {
  const kind = KINDS[code % 8];
  return kind === 'spurious' && predicted?.[4]?.grounding === 'none' ? 'hallucinated' : kind;
}

function badge(kind) {
  return make('span', { class: `badge is-${kind.replace('+', '-')}` }, `${SIGNS[kind]} ${kind}`);
}

// What a filter asks, read off an address; an absent key asks nothing.
function question(parameters) {
  const asked = {};
  for (const key of ['view', 'label', 'field', 'outcome', 'kind', 'gold', 'predicted', 'q', 'slice', 'right', 'grounding', 'alone', 'between', 'and']) {
    if (parameters.has(key)) asked[key] = parameters.get(key);
  }
  asked.system = bounded(parameters.get('system'));
  asked.other = bounded(parameters.get('other'));
  asked.q = (asked.q ?? '').toLowerCase();
  return asked;
}

function bounded(said) {
  const number = Number.parseInt(said ?? '0', 10);
  return number >= 0 && number < head.systems.length ? number : 0;
}

// The items of a document that answer a question.
function* itemsOf(at, doc, asked) {
  const ours = doc.gold;
  const theirs = doc.predicted[asked.system];
  if (asked.slice && !inSlice(doc, asked.slice)) return;
  const rival = asked.right ? rightIn(doc, asked.other) : null;
  for (const [g, p, code, values] of doc.items[asked.system]) {
    const gold = ours[g];
    const predicted = theirs[p];
    if (asked.grounding && (predicted?.[4]?.grounding ?? '') !== asked.grounding) continue;
    const item = { at, doc, gold, predicted, code };
    if (asked.field === undefined) {
      if (rival && (g < 0 || met(code % 8 === 1, rival.has(keyOf(g))) !== asked.right)) continue;
      if (answersMention(item, asked)) yield item;
    } else if (asked.label === undefined || labelOf(item) === asked.label || crossed(item)) {
      for (const [field, outcome, unmatched, one, other] of values ?? []) {
        if (rival && (one === null || met(outcome === 0, rival.has(keyOf(g, field, one))) !== asked.right)) continue;
        const value = { ...item, field, outcome, unmatched, one, other };
        if (answersValue(value, asked)) yield value;
      }
    }
  }
}

function met(here, there) {
  if (here) return there ? 'both' : 'one';
  return there ? 'other' : 'none';
}

// Keys of the gold mentions, and of their values, that a system has exactly right.
function rightIn(doc, system) {
  const right = new Set();
  for (const [g, , code, values] of doc.items[system]) {
    if (code % 8 === 1) right.add(keyOf(g));
    for (const [field, outcome, , one] of values ?? []) if (outcome === 0) right.add(keyOf(g, field, one));
  }
  return right;
}

function keyOf(...what) {
  return JSON.stringify(what);
}

function crossed(item) {
  return item.gold && item.predicted && item.gold[0] !== item.predicted[0];
}

function labelAt(mention) {
  return mention ? head.spelled.labels[mention[0]] : '';
}

function labelOf(item) {
  return labelAt(item.gold ?? item.predicted);
}

// Whether one side marked this label where the other has nothing, or something else elsewhere.
function isAlone({ gold, predicted, code }, label) {
  if (code % 8 === 5) return labelAt(gold) === label || labelAt(predicted) === label;
  return code % 8 > 5 && labelAt(gold ?? predicted) === label;
}

// Whether the sides say the two things asked for, whichever says which.
function isSplit(asked, one, other) {
  return (one === asked.between && other === asked.and) || (one === asked.and && other === asked.between);
}

function outcomeOf(item, view) {
  if (item.field !== undefined) return head.outcomes[item.outcome];
  return view in head.views ? head.views[view][item.code] : kindOf(item.code, item.predicted);
}

function answersMention(item, asked) {
  const code = item.code % 8;
  if (asked.label !== undefined && labelOf(item) !== asked.label) return false;
  if (asked.outcome !== undefined && (code === 0 || outcomeOf(item, asked.view ?? 'strict') !== asked.outcome)) return false;
  if (asked.kind !== undefined && !asked.kind.split(' ').includes(kindOf(item.code, item.predicted))) return false;
  if (asked.alone !== undefined && !isAlone(item, asked.alone)) return false;
  if (asked.between !== undefined && !(code === 4 && isSplit(asked, labelAt(item.gold), labelAt(item.predicted)))) return false;
  if (asked.gold !== undefined || asked.predicted !== undefined) {
    if (code === 0) return false;
    const one = labelAt(item.gold);
    const other = labelAt(item.predicted);
    if ((asked.gold ?? one) !== one || (asked.predicted ?? other) !== other) return false;
  }
  return !asked.q || holds(item, asked);
}

function answersValue(item, asked) {
  // A value of an unmatched mention stands on one side, under that side's label.
  const owner = item.unmatched && item.one === null ? item.predicted : item.gold ?? item.predicted;
  if (asked.label !== undefined && head.spelled.labels[owner[0]] !== asked.label) return false;
  if (asked.field !== '*' && head.spelled.fields[item.field] !== asked.field) return false;
  if (asked.view === 'given_match' && item.unmatched) return false;
  if (asked.outcome !== undefined && head.outcomes[item.outcome] !== asked.outcome) return false;
  if (asked.between !== undefined && (item.unmatched || !item.outcome || !isSplit(asked, decision(item.one), decision(item.other)))) return false;
  if (asked.gold !== undefined && (item.one === null || spelled(item.one) !== asked.gold)) return false;
  if (asked.predicted !== undefined && (item.other === null || spelled(item.other) !== asked.predicted)) return false;
  return !asked.q || holds(item, asked);
}

// As a split of annotators names a value.
function decision(value) {
  if (value === null) return '(no value)';
  if (typeof value === 'object' && 'ref' in value) return '(one reference)';
  return typeof value === 'object' && 'span' in value ? '(one place)' : spelled(value);
}

// As the matrix names a value: Python's way for what is no text.
function spelled(value) {
  if (value === true) return 'True';
  if (value === false) return 'False';
  return wellFormed(typeof value === 'object' ? JSON.stringify(value) : String(value));
}

function holds(item, { q, system }) {
  const { doc, at } = item;
  const said = [
    head.documents[at][0], wordsOf(item.gold, doc.text), wordsOf(item.predicted, doc.text),
    valueWords(item.one, doc.text, doc.gold), valueWords(item.other, doc.text, doc.predicted[system]),
  ];
  return said.some((words) => words.toLowerCase().includes(q));
}

function inSlice(doc, slice) {
  const [key, ...value] = slice.split('=');
  return doc.meta[key] === value.join('=');
}
