// Tables: sorted by a click on a column's name, copied as Markdown, LaTeX or CSV.

function sortable(table) {
  for (const [column, heading] of [...table.tHead.rows[0].cells].entries()) {
    const button = make('button', { type: 'button' }, heading.textContent);
    heading.replaceChildren(button);
    button.onclick = () => {
      const down = heading.getAttribute('aria-sort') !== 'descending';
      for (const each of table.tHead.rows[0].cells) each.removeAttribute('aria-sort');
      heading.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      const rows = [...table.tBodies[0].rows];
      const whole = rows.filter((each) => each.classList.contains('whole'));
      const others = rows.filter((each) => !each.classList.contains('whole'));
      others.sort((one, other) => compareCells(one.cells[column], other.cells[column]) * (down ? -1 : 1));
      table.tBodies[0].append(...whole, ...others);
    };
  }
}

function compareCells(one, other) {
  const [a, b] = [one, other].map((cell) => cell.dataset.value ?? cell.textContent.trim());
  const [x, y] = [a, b].map((text) => Number.parseFloat(text.replace('−', '-')));
  if (Number.isNaN(x) || Number.isNaN(y)) {
    return Number.isNaN(x) && Number.isNaN(y) ? a.localeCompare(b) : Number.isNaN(x) ? -1 : 1;
  }
  return x - y;
}

function cellsOf(table) {
  return [...table.rows].map((row) => [...row.cells].map((cell) => {
    if (cell.dataset.text !== undefined) return cell.dataset.text.trim();
    const copy = cell.cloneNode(true);
    copy.querySelectorAll('.mark').forEach((mark) => mark.remove());
    return copy.textContent.replace(/\s+/g, ' ').trim();
  }));
}

const FORMATS = {
  Markdown(rows) {
    const line = (cells) => `| ${cells.map((cell) => cell.replace(/[\\|`<*_[\]]/g, '\\$&')).join(' | ')} |`;
    return [line(rows[0]), `|${rows[0].map((_, k) => (k ? ' ---: ' : ' --- ')).join('|')}|`, ...rows.slice(1).map(line)].join('\n');
  },
  LaTeX(rows) {
    const special = { '\\': '\\textbackslash{}', '~': '\\textasciitilde{}', '^': '\\textasciicircum{}', '<': '\\textless{}', '>': '\\textgreater{}', '–': '--', '−': '$-$' };
    const escaped = (cell) => cell.replace(/[\\{}$&#%_~^<>–−]/g, (found) => special[found] ?? `\\${found}`);
    const line = (cells) => `${cells.map(escaped).join(' & ')} \\\\`;
    return [`\\begin{tabular}{l${'r'.repeat(rows[0].length - 1)}}`, '\\toprule', line(rows[0]), '\\midrule', ...rows.slice(1).map(line), '\\bottomrule', '\\end{tabular}'].join('\n');
  },
  CSV(rows) {
    const quoted = (cell) => {
      const safe = /^[=+\-@]/.test(cell) && Number.isNaN(Number(cell)) ? `'${cell}` : cell;
      return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
    };
    return rows.map((cells) => cells.map(quoted).join(',')).join('\n');
  },
};

function copied(table) {
  const said = make('span', { role: 'status' });
  const buttons = Object.entries(FORMATS).map(([name, format]) => {
    const button = make('button', { type: 'button' }, name);
    button.onclick = async () => {
      const done = await toClipboard(`${format(cellsOf(table))}\n`);
      said.textContent = done ? `copied as ${name}` : 'the browser refuses to copy';
    };
    return button;
  });
  table.closest('.scroll').after(make('p', { class: 'copy' }, 'Copy as', ...buttons, said));
}

async function toClipboard(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = make('textarea', { 'aria-hidden': 'true' });
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done;
  }
}
