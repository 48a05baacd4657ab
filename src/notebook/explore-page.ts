/** The class of the box around all controls, by which the style sheet and the script know it. */
export const PANEL_CLASS = 'thesis-explore'

/** From this width on the controls stand beside what they are about, in CSS pixels. */
const BESIDE = 1080

const css = `
.jp-OutputArea-child:has(.thesis-explore) { position: sticky; top: 0; z-index: 4; max-height: 50vh; overflow-y: auto;
  background: var(--jp-layout-color0, Canvas); border-bottom: 1px solid var(--jp-border-color2, #ddd); }
.jp-Cell:has(.thesis-explore), .jp-Cell:has(.thesis-explore) :is(.jp-Cell-outputWrapper, .jp-OutputArea) { overflow: visible; }
.thesis-explore { gap: 2px; padding-bottom: 3px; color: var(--jp-content-font-color1, inherit); }
.thesis-explore .widget-html-content { line-height: 1.4; }
.thesis-number { width: auto !important; }
.thesis-number input { width: 7em; }
.thesis-explore select { max-width: 13em; }
.thesis-refused input { border-color: var(--jp-error-color1, #d32f2f) !important; }
.thesis-word, .thesis-word * { color: var(--jp-error-color1, #d32f2f); }
.thesis-titled { flex-wrap: nowrap !important; align-items: flex-start !important; }
.thesis-titled > .widget-label { flex: none; }
.thesis-several { max-height: 58px; overflow-y: auto !important; gap: 0 12px !important; flex: 1 1 0; min-width: 0; }
.thesis-code textarea { font-family: var(--jp-code-font-family, monospace); }
.thesis-explore :is(input, select, button, textarea, a):focus-visible {
  outline: 2px solid var(--jp-brand-color1, #1976d2) !important; outline-offset: 1px; }
.jp-Cell-outputWrapper:has(.thesis-explore) { container-type: inline-size; }
@container (min-width: ${BESIDE}px) {
  .jp-OutputArea:has(> .jp-OutputArea-child .thesis-explore) { display: grid; grid-template-columns: 330px minmax(0, 1fr); column-gap: 16px; align-items: start; }
  .jp-OutputArea-child:has(.thesis-explore) { grid-row: 1 / span 20; max-height: 90vh; border-bottom: 0; }
  .jp-OutputArea:has(> .jp-OutputArea-child .thesis-explore) > :not(:has(.thesis-explore)) { grid-column: 2; }
  .thesis-several { max-height: 24vh; }
  .thesis-titled { flex-wrap: wrap !important; }
}`

// It runs in a browser, of any notebook viewer, and listens for all panels of the page.
const script = `(() => {
const key = Symbol.for('thesis.explore');
window[key]?.abort();
const { signal } = (window[key] = new AbortController());
const listen = (type, handler) => window.addEventListener(type, handler, { capture: true, signal });
const panelOf = (event) => event.target instanceof Element ? event.target.closest('.thesis-explore') : null;
const ids = { count: 0 };
const describe = (panel) => {
  if (panel.dataset.described) return;
  panel.dataset.described = 'true';
  panel.setAttribute('role', 'group');
  panel.setAttribute('aria-label', 'Controls of the figure');
  for (const stepper of panel.querySelectorAll('.thesis-stepper')) {
    const [input, word] = [stepper.querySelector('input'), stepper.querySelector('.thesis-word')];
    word.id = 'thesis-word-' + ids.count++;
    input.setAttribute('aria-describedby', word.id);
    input.setAttribute('aria-keyshortcuts', 'ArrowUp ArrowDown');
    input.setAttribute('inputmode', 'numeric');
    const field = stepper.querySelector('.thesis-number');
    const tell = () => input.setAttribute('aria-invalid', String(field.classList.contains('thesis-refused')));
    new MutationObserver(tell).observe(field, { attributes: true, attributeFilter: ['class'] });
    tell();
    for (const [name, letter] of [['previous', 'p'], ['next', 'n']])
      stepper.querySelector('.thesis-' + name).setAttribute('aria-keyshortcuts', letter);
  }
};
listen('focusin', (event) => { const panel = panelOf(event); if (panel) describe(panel); });
listen('keydown', (event) => {
  const panel = panelOf(event);
  if (!panel || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
  const isTyping = event.target.matches('input:not([type=checkbox]), textarea, select');
  const field = isTyping ? event.target.closest('.thesis-number') : null;
  const name = field
    ? { ArrowUp: 'next', ArrowDown: 'previous' }[event.key]
    : isTyping ? undefined : { n: 'next', p: 'previous' }[event.key];
  const button = (field ?? panel).closest('.thesis-stepper, .thesis-explore').querySelector('.thesis-' + name);
  if (!name || !button) return;
  event.preventDefault();
  event.stopPropagation();
  if (field) event.target.dispatchEvent(new Event('change', { bubbles: true }));
  button.click();
});
listen('click', async (event) => {
  const panel = panelOf(event);
  if (!panel || !event.target.closest('.thesis-copy')) return;
  const area = panel.querySelector('.thesis-code textarea');
  const told = panel.querySelector('.thesis-copied');
  try {
    await navigator.clipboard.writeText(area.value);
    told.textContent = 'Copied.';
  } catch {
    area.select();
    told.textContent = 'The browser does not let it be copied by itself: copy it from here.';
  }
});
})()`

const compact = (source: string): string => source.replace(/\n\s*/g, '\n').trim()

/** The style sheet that keeps controls in sight of what they are about. */
export const exploreStyle = (): string => `<style>${compact(css)}</style>`

/** The script of keys and of copying, for an output. */
export const exploreScript = (): string => `<script>${compact(script)}</script>`
