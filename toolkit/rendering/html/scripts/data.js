// The evidence: compressed pieces in the page, opened when they are first asked for.

let head = null; // reference, systems, labels, fields, both as addresses spell them, views, outcomes, documents: [name, errors by system...]
let position = null; // of each document by its name as addresses spell it
const opened = new Map();

async function inflate(number) {
  const packed = byId(`piece-${number}`).textContent;
  /** @type {any} */
  const newer = Uint8Array; // fromBase64 is younger than some browsers
  const bytes = newer.fromBase64
    ? newer.fromBase64(packed)
    : Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return JSON.parse(await new Response(stream).text());
}

async function openHead() {
  head = await inflate(0);
  head.spelled = { labels: head.labels.map(wellFormed), fields: head.fields.map(wellFormed) };
  position = new Map(head.documents.map((row, at) => [wellFormed(row[0]), at]));
}

function openPiece(number) {
  if (!opened.has(number)) opened.set(number, inflate(number + 1).then(documentsOf));
  return opened.get(number);
}

// Documents with what their evidence leaves out: what predictions share with gold, what is right.
function documentsOf(piece) {
  return piece.documents.map((columns, k) => whole(piece.texts[k], columns));
}

// The rows of a table of mentions; gold has the mentions that some of it is shared with.
function mentionsOf(columns, gold) {
  let own = 0;
  return columns.id.map((id, k) => {
    const start = columns.start[k];
    const length = columns.length[k];
    const shared = columns.fields[k];
    const place = length < 0 ? gold[start][1] : length ? [start, start + length] : start;
    let fields = {};
    if (shared > 0) fields = gold[shared - 1][3];
    else if (shared < 0) {
      for (const [name, values] of Object.entries(columns.values)) {
        if (values[own] !== null) fields[name] = values[own];
      }
      own += 1;
    }
    return [columns.label[k], place, id, fields, columns.more?.[k] || {}];
  });
}

function whole(text, columns) {
  const gold = mentionsOf(columns.gold, []);
  const predicted = columns.predicted.map((mentions) => mentionsOf(mentions, gold));
  const items = columns.items.map(([ours, theirs, codes, values]) => {
    const by = new Map(values);
    return codes.map((code, k) => [ours[k], theirs[k], code, by.get(k)]);
  });
  const doc = { text, meta: columns.meta, gold, predicted, items };
  doc.predicted.forEach((mentions, system) => {
    for (const item of doc.items[system]) {
      const [g, p, code] = item;
      if (g >= 0 && p >= 0 && (code % 8 === 1 || code % 8 === 2)) item[3] = [...rightValues(doc.gold[g], mentions[p], item[3] ?? []), ...(item[3] ?? [])];
    }
  });
  return doc;
}

// The gold values of two matched mentions that no row says is wrong: [field, 0, 0, gold, predicted].
function rightValues(gold, predicted, rows) {
  const right = [];
  for (const [field, value] of Object.entries(gold[3] ?? {})) {
    const judged = rows.filter((row) => row[0] === Number(field)).map((row) => JSON.stringify(row[3]));
    for (const one of [value].flat()) {
      const at = judged.indexOf(JSON.stringify(one));
      if (at >= 0) judged.splice(at, 1);
      else if (one !== null) right.push([Number(field), 0, 0, one, answerOf(predicted, field, one)]);
    }
  }
  return right;
}

// What stands against a value that is right: the same, or what counts as the same.
function answerOf(predicted, field, one) {
  const said = predicted[3]?.[field] ?? one;
  const listed = Array.isArray(said) && said.some((each) => JSON.stringify(each) === JSON.stringify(one));
  return listed ? one : said;
}

async function openDocument(at) {
  const piece = await openPiece(Math.floor(at / head.piece));
  return piece[at % head.piece];
}

// All documents in order, with their positions.
async function* allDocuments() {
  const pieces = Math.ceil(head.documents.length / head.piece);
  if (pieces) openPiece(0);
  for (let number = 0; number < pieces; number += 1) {
    if (number + 1 < pieces) openPiece(number + 1);
    const piece = await openPiece(number);
    yield [number * head.piece, piece];
  }
}

function errorsOf(at) {
  return head.documents[at].slice(1).reduce((sum, each) => sum + each, 0);
}

// What the page calls a side: -1 is that of gold, else the system's number.
function nameOf(side) {
  return side < 0 ? head.reference : head.systems[side];
}

// A mention is [label, offsets, id, fields, more].
function wordsOf(mention, text) {
  if (!mention) return '';
  const [, place, , , more] = mention;
  if (text === null || !place.length) return more?.words ?? (place.length ? offsetsOf(place) : 'no place');
  return spanWords(place, text);
}

function spanWords(place, text) {
  const parts = [];
  for (let k = 0; k < place.length; k += 2) parts.push(text.slice(place[k], place[k + 1]));
  return parts.join(' … ').replace(/\s+/g, ' ');
}

function offsetsOf(place) {
  const parts = [];
  for (let k = 0; k < place.length; k += 2) parts.push(`${place[k]}–${place[k + 1]}`);
  return parts.join('+');
}

// A value in words; a reference by the words of the mention it leads to.
function valueWords(value, text, mentions) {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map((each) => valueWords(each, text, mentions)).join(', ');
  if (typeof value === 'object') {
    if (Array.isArray(value.span)) return text === null ? offsetsOf(value.span) : spanWords(value.span, text);
    if (typeof value.ref === 'string') {
      const target = mentions?.find((mention) => mention[2] === value.ref);
      return target ? `→ ${wordsOf(target, text)}` : `→ ${value.ref}`;
    }
    return JSON.stringify(value);
  }
  return String(value);
}
