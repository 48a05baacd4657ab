const css = `
.thesis-table { overflow-x: auto; color: var(--jp-content-font-color1, inherit); }
.thesis-table table { font-variant-numeric: tabular-nums; }
.thesis-table div { display: flex; flex-wrap: wrap; gap: 4px 8px; align-items: center; margin-bottom: 4px; font-size: 90%; }
.thesis-table tr[hidden] { display: none; }
.thesis-table div > * { font: inherit; color: inherit; background: var(--jp-layout-color1, transparent);
  border: 1px solid var(--jp-border-color1, currentColor); border-radius: 2px; padding: 1px 6px; }
.thesis-table output { border: 0; background: none; }
.thesis-table th button { all: unset; cursor: pointer; }
.thesis-table th button:hover { text-decoration: underline; }
.thesis-table :focus-visible { outline: 2px solid var(--jp-brand-color1, currentColor); outline-offset: 1px; }
.thesis-table [aria-sort=ascending] button::after { content: " ▲"; }
.thesis-table [aria-sort=descending] button::after { content: " ▼"; }`

// It runs in a browser, of any notebook viewer, from the saved output. Some viewers run it elsewhere than where it stands, so it takes
// every table that no script has taken yet.
const script = `(() => {
const live = (box) => {
  box.dataset.live = '';
  box.dataset.lmSuppressShortcuts = 'true';
  const make = (name, properties) => Object.assign(document.createElement(name), properties);
  const table = box.querySelector('table');
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const headings = [...table.tHead.rows[table.tHead.rows.length - 1].cells];
  const status = make('output', {});
  status.setAttribute('aria-live', 'polite');
  const regroup = () => {
    let above = null;
    for (const row of body.rows) {
      if (row.hidden) continue;
      let isSame = above !== null;
      for (const cell of row.querySelectorAll('[data-group]')) {
        isSame = isSame && cell.textContent === above.cells[cell.cellIndex].textContent;
        cell.style.opacity = isSame ? '0' : '';
      }
      above = row;
    }
  };
  const textOf = (row, i) => row.cells[i].dataset.value ?? row.cells[i].textContent.trim();
  const sort = (i, direction) => {
    headings.forEach((one, at) => one.setAttribute('aria-sort', at === i ? direction : 'none'));
    const isNumeric = rows.every((row) => textOf(row, i) === '–' || !Number.isNaN(Number(textOf(row, i))) || textOf(row, i) === 'NaN');
    const isMissing = (text) => text === '' || (isNumeric && Number.isNaN(Number(text)));
    const sign = direction === 'descending' ? -1 : 1;
    const compare = (a, b) => {
      const [one, other] = [textOf(a, i), textOf(b, i)];
      if (isMissing(one) || isMissing(other)) return isMissing(one) - isMissing(other);
      return sign * (isNumeric ? one - other : one.localeCompare(other, undefined, { numeric: true }));
    };
    body.append(...(direction === 'none' ? rows : [...rows].sort(compare)));
    regroup();
  };
  const next = { none: 'ascending', ascending: 'descending', descending: 'none' };
  const plain = (text) => text.toLowerCase().replaceAll('−', '-');
  const filter = (text) => {
    const words = plain(text).split(' ').filter(Boolean);
    for (const row of rows) {
      const content = plain([...row.cells].map((cell) => cell.textContent).join(' '));
      row.hidden = !words.every((word) => content.includes(word));
    }
    regroup();
    status.textContent = words.length ? rows.filter((row) => !row.hidden).length + ' of ' + rows.length + ' rows' : '';
  };
  const copy = async (name, text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = make('textarea', { value: text });
      box.append(area);
      area.select();
      const isCopied = document.execCommand('copy');
      area.remove();
      if (!isCopied) return void (status.textContent = 'The browser does not let ' + name + ' be copied');
    }
    status.textContent = name + ' copied';
  };
  const bar = make('div', {});
  if (rows.length > 1) {
    for (const [i, heading] of headings.entries()) {
      const button = make('button', { type: 'button' });
      button.append(...heading.childNodes);
      heading.append(button);
      heading.setAttribute('aria-sort', 'none');
      button.addEventListener('click', () => sort(i, next[heading.getAttribute('aria-sort')]));
    }
    const field = make('input', { type: 'search', placeholder: 'Filter rows' });
    field.setAttribute('aria-label', 'Filter rows');
    field.addEventListener('input', () => filter(field.value));
    field.addEventListener('keydown', (event) => event.stopPropagation());
    bar.append(field);
  }
  const bytes = (link) => Uint8Array.from(atob(link.href.split(',')[1]), (character) => character.charCodeAt(0));
  const data = box.querySelector('script[type="application/json"]');
  const copies = Object.entries(data ? JSON.parse(data.textContent) : {});
  for (const link of box.querySelectorAll('a[data-copy]'))
    copies.push([link.dataset.copy, new TextDecoder().decode(bytes(link))]);
  for (const [name, text] of copies) {
    const button = make('button', { type: 'button', textContent: 'Copy ' + name });
    button.addEventListener('click', () => copy(name, text));
    bar.append(button);
  }
  bar.append(status);
  box.prepend(make('style', { textContent: STYLE }), bar);
};
const root = document.currentScript?.getRootNode?.() ?? document;
(root.querySelectorAll ? root : document).querySelectorAll('.thesis-table:not([data-live])').forEach(live);
})()`

const compact = (source: string): string => source.replace(/\n\s*/g, '\n').trim()

/** The script that makes the tables of a page sorted by their headings, filtered by a text and copied by buttons. */
export const tableScript = (): string =>
  compact(script).replace('STYLE', () => JSON.stringify(compact(css).replaceAll('\n', ' ')))
