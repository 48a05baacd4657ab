import { randomUUID } from 'node:crypto'
import { displayWriter } from './kernel.js'

/**
 * One output in several MIME types, of which every viewer shows the richest that it knows; `text/plain` is what
 * a terminal prints. Bytes are sent as base64.
 */
export interface MimeBundle {
  readonly 'text/plain': string
  readonly [mimeType: string]: string | Uint8Array | object
}

/** Settings by MIME type, such as `{'image/png': {width: 600}}` in CSS pixels. */
export type MimeMetadata = Readonly<Record<string, object>>

/** Shows `bundle` as one output of the cell; outside a kernel it prints the text. */
export function display(bundle: MimeBundle, metadata: MimeMetadata = {}): void {
  const write = displayWriter()
  if (write) write({ data: encode(bundle), metadata, transient: {} }, false)
  else console.log(bundle['text/plain'])
}

/** An output that later calls replace in place. */
export interface Updatable {
  /** Shows `bundle`: the first time as a new output of the cell, after that in its place. */
  update(bundle: MimeBundle, metadata?: MimeMetadata): void
}

/** Makes an output that can be replaced in place; outside a kernel each update prints its text where it changed. */
export function updatable(): Updatable {
  const id = randomUUID() // travels with the message only: it is not saved in the notebook
  let shown: string | null = null
  return {
    update(bundle, metadata = {}) {
      const write = displayWriter()
      const text = bundle['text/plain']
      if (write) write({ data: encode(bundle), metadata, transient: { display_id: id } }, shown !== null)
      else if (text !== shown) console.log(text)
      shown = text
    },
  }
}

/** Shows Markdown, TeX mathematics included; outside a kernel it prints the source. */
export function markdown(source: string): void {
  display({ 'text/markdown': source, 'text/plain': source })
}

/** Shows HTML; `text` says the same for terminals and screen readers without HTML. */
export function html(source: string, text: string): void {
  display({ 'text/html': source, 'text/plain': text })
}

/** `text` with the characters that HTML reserves escaped, for content and quoted attributes alike. */
export function escapeHtml(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  }
  return text.replace(/[&<>"']/g, (character) => entities[character]!)
}

function encode(bundle: MimeBundle): Record<string, string | object> {
  return Object.fromEntries(
    Object.entries(bundle).map(([type, content]) => [
      type,
      content instanceof Uint8Array ? Buffer.from(content).toString('base64') : content,
    ]),
  )
}
