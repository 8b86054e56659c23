// The evidence: compressed pieces in the page, opened when they are first asked for.

let head = null; // systems, labels, fields, views, outcomes, documents: [name, errors by system...]
let position = null; // of each document by its name as addresses spell it
const opened = new Map();

async function inflate(number) {
  const packed = byId(`piece-${number}`).textContent;
  const bytes = Uint8Array.fromBase64
    ? Uint8Array.fromBase64(packed)
    : Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return JSON.parse(await new Response(stream).text());
}

async function openHead() {
  head = await inflate(0);
  position = new Map(head.documents.map((row, at) => [wellFormed(row[0]), at]));
}

function openPiece(number) {
  if (!opened.has(number)) opened.set(number, inflate(number + 1));
  return opened.get(number);
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
