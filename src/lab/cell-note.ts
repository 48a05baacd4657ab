import type { Cell } from './jupyter.js'

const notes = new WeakMap<Cell, HTMLElement>()

/** Says something between a cell's code and its outputs, in place of what was said before; the notebook does not keep it. */
export function sayAt(cell: Cell, text: string): void {
  const note = notes.get(cell) ?? document.createElement('div')
  notes.set(cell, note)
  note.className = 'thesis-note'
  note.setAttribute('role', 'status')
  note.textContent = text
  if (place(cell, note)) return
  // A cell that was out of sight so far has no outputs in the page yet.
  const observer = new MutationObserver(() => {
    if (notes.get(cell) !== note || place(cell, note)) observer.disconnect()
  })
  observer.observe(cell.node, { childList: true })
}

/** Takes back what was said at a cell. */
export function unsayAt(cell: Cell): void {
  notes.get(cell)?.remove()
  notes.delete(cell)
}

function place(cell: Cell, note: HTMLElement): boolean {
  const outputs = cell.node.querySelector(':scope > .jp-Cell-outputWrapper')
  outputs?.before(note)
  return outputs !== null
}
