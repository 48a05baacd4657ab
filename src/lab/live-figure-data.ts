import { applied, type Difference, type Json } from '../figures/kit/difference.js'

/** What the kernel sends of a figure for this extension, beside plotly's JSON. */
export const FIGURE = 'application/vnd.thesis.figure+json'
export const PLOTLY = 'application/vnd.plotly.v1+json'

/** The figure's layout for one width. */
export interface Spec {
  readonly data: readonly object[]
  readonly layout: Readonly<Record<string, unknown>>
}

/** A figure as an output holds it, unpacked. */
export interface LiveFigureData {
  readonly id: string
  readonly name: string
  /** Size of the text that becomes the prose's, in CSS pixels. */
  readonly text: number
  /** Layouts by rising width in CSS pixels; one of no width where there is one for all. */
  readonly specs: readonly { readonly width: number | null; spec(): Spec }[]
  readonly config: object
  /** The saved picture. */
  readonly png: string | null
  readonly alt: string
}

interface Packed {
  readonly id: string
  readonly name?: string
  readonly text: number
  readonly widths: readonly number[]
  readonly changes: string
}

/** Unpacks a figure of an output's MIME types. */
export async function unpack(data: Readonly<Record<string, unknown>>): Promise<LiveFigureData> {
  const packed = data[FIGURE] as Packed
  const { data: traces, layout, config = {} } = data[PLOTLY] as { data: Json; layout: Json; config?: object }
  const base: Json = { data: traces, layout }
  const changes = JSON.parse(await inflated(packed.changes)) as (Difference | null)[]
  const specOf = (part: Difference | undefined) => once(() => applied(base, part) as unknown as Spec)
  const [first, ...others] = packed.widths
  const specs = [
    { width: first ?? null, spec: specOf(undefined) },
    ...others.map((width, i) => ({ width, spec: specOf(changes[i] ?? undefined) })),
  ]
  const png = data['image/png']
  const alt = data['text/plain']
  return {
    id: packed.id,
    name: packed.name ?? `figure-${packed.id.slice(0, 6)}`,
    text: packed.text,
    specs: specs.sort((a, b) => (a.width ?? 0) - (b.width ?? 0)),
    config,
    png: typeof png === 'string' ? png.replace(/\s/g, '') : null,
    alt: Array.isArray(alt) ? alt.join('') : String(alt ?? ''),
  }
}

function once<Value>(make: () => Value): () => Value {
  const made: { value?: Value } = {}
  return () => {
    made.value ??= make()
    return made.value
  }
}

async function inflated(base64: string): Promise<string> {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'))
  return new Response(stream).text()
}
