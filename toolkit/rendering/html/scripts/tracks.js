// A text with tracks: line by line, gold above and each system below, as deep as the line needs.

const LANE = 17;

// Splits a text where the browser breaks its lines in the room there is.
function linesOf(sheet, text) {
  const lines = [];
  const probe = make('div', { class: 'measure', dir: 'auto' });
  sheet.append(probe);
  let from = 0;
  for (const paragraph of text.split('\n')) {
    const node = document.createTextNode(visibleSame(paragraph));
    probe.replaceChildren(node);
    const direction = getComputedStyle(probe).direction;
    let first = true;
    for (const [start, end] of brokenLines(node)) {
      lines.push({ start: from + start, end: from + end, direction, paragraph: first });
      first = false;
    }
    from += paragraph.length + 1;
  }
  probe.remove();
  return lines;
}

// The same length, so that offsets hold; what is no character becomes one that can be seen.
function visibleSame(text) {
  return text.replace(CONTROL, (found) => '␦'.repeat(found.length)).replace(/\t/g, ' ');
}

function brokenLines(node) {
  const { length } = node;
  if (!length) return [[0, 0]];
  const range = document.createRange();
  const top = (at) => {
    range.setStart(node, at);
    range.setEnd(node, Math.min(length, at + 1));
    const rects = range.getClientRects();
    return rects.length ? rects[rects.length - 1].top : null;
  };
  const starts = [0];
  let current = top(0) ?? 0;
  const words = node.data.matchAll(/\S+\s*/g);
  for (const word of words) {
    const here = top(word.index);
    if (here !== null && here - current > 6) {
      starts.push(word.index);
      current = here;
    }
    const last = top(word.index + word[0].trimEnd().length - 1);
    if (last !== null && last - current > 6) { // a word longer than a line
      for (let at = word.index + 1; at < word.index + word[0].length; at += 1) {
        const there = top(at);
        if (there !== null && there - current > 6 && !isLow(node.data, at)) {
          starts.push(at);
          current = there;
        }
      }
    }
  }
  return starts.map((start, k) => [start, starts[k + 1] ?? length]);
}

function isLow(text, at) {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff;
}

// Marks: {key, side, fragments, kind, title, words}; side -1 is gold, else the system's number.
function drawTracks(sheet, text, marks, choose) {
  sheet.replaceChildren();
  const numbered = head.systems.length > 1;
  sheet.classList.toggle('numbered', numbered);
  const found = [];
  const seen = new Set();
  const lines = linesOf(sheet, text);
  const sides = [-1, ...head.systems.keys()];
  for (const line of lines) {
    const here = marksIn(line, marks);
    const words = make('span', { class: 'words' });
    words.append(visibleSame(text.slice(line.start, line.end)).trimEnd());
    const kind = line.start === line.end ? ' blank' : line.paragraph ? ' paragraph' : '';
    const block = make('div', { class: `line${kind}`, dir: line.direction });
    const tracks = sides.map((side) => make('span', { class: 'tracks', 'data-side': side }));
    block.append(tracks[0], words, ...tracks.slice(1));
    sheet.append(block);
    found.push({ line, here, words, tracks, block });
  }
  // Measure everything, then write, so that the page is laid out once.
  const measured = found.map((row) => ({ ...row, boxes: boxesOf(row) }));
  for (const row of measured) {
    sides.forEach((side, k) => {
      const boxes = row.boxes.filter((box) => box.mark.side === side);
      const deepest = inLanes(boxes);
      row.tracks[k].style.height = `${deepest * LANE}px`;
      if (numbered && deepest && side >= 0) row.tracks[k].dataset.number = side + 1;
      for (const box of boxes) {
        const lane = side === -1 ? deepest - 1 - box.lane : box.lane;
        row.tracks[k].append(pieceOf(box, lane, seen, choose));
      }
    });
  }
}

function marksIn(line, marks) {
  const here = [];
  for (const mark of marks) {
    for (let k = 0; k < mark.place.length; k += 2) {
      const start = Math.max(line.start, mark.place[k]);
      const end = Math.min(line.end, mark.place[k + 1]);
      if (start < end) here.push({ mark, start, end, before: mark.place[k] < line.start, first: k === 0 });
    }
  }
  return here;
}

function boxesOf({ line, here, words, block }) {
  const node = words.firstChild;
  if (!node) return [];
  const range = document.createRange();
  const left = block.getBoundingClientRect().left;
  return here.map((part) => {
    range.setStart(node, Math.min(node.length, part.start - line.start));
    range.setEnd(node, Math.min(node.length, part.end - line.start));
    const box = range.getBoundingClientRect();
    return { ...part, left: box.left - left, width: Math.max(box.width, 12) };
  });
}

// The longest first and lowest, so that what is nested stands above what it is in.
function inLanes(boxes) {
  const ends = [];
  boxes.sort((one, other) => other.width - one.width || one.left - other.left);
  for (const box of boxes) {
    let lane = 0;
    while (ends[lane]?.some(([left, right]) => box.left < right + 1 && left < box.left + box.width + 1)) lane += 1;
    (ends[lane] ??= []).push([box.left, box.left + box.width]);
    box.lane = lane;
  }
  return ends.length;
}

function pieceOf({ mark, left, width, before, first }, lane, seen, choose) {
  const side = nameOf(mark.side);
  const again = seen.has(mark.key);
  seen.add(mark.key);
  const kind = mark.kind.replace('+', '-');
  const classes = `piece is-${kind}${mark.side === -1 ? ' of-gold' : ''}${before || (again && first) ? ' starts-before' : ''}`;
  const sign = mark.kind === 'correct' ? (mark.wrongFields ? '✎ ' : '') : `${SIGNS[mark.kind]} `;
  const piece = make('button', {
    type: 'button', class: classes, 'data-mark': mark.key, tabindex: again ? '-1' : false, 'aria-hidden': again ? 'true' : false,
    'aria-label': again ? false : inert(`${side}: ${mark.label}, ${mark.kind}${mark.wrongFields ? ', fields differ' : ''}: ${mark.words}`),
    title: inert(`${side}: ${mark.label}, ${mark.kind}`),
  }, again ? `… ${mark.label}` : `${sign}${mark.label}`);
  Object.assign(piece.style, { left: `${left}px`, width: `${width}px`, top: `${lane * LANE}px` });
  piece.onclick = () => choose(mark.key);
  piece.onfocus = () => choose(mark.key);
  return piece;
}
