import { readFileSync } from 'node:fs'
import { type Context, Script } from 'node:vm'
import type { Box } from './boxes.js'
import { type Canvas, canvasPackage } from './canvas.js'
import type { DomDocument, DomElement } from './dom.js'
import { elementExtent, pageExtent, pathData } from './element-extent.js'
import { loadPackage, packageFile } from './packages.js'

/** The part of plotly.js in use. */
export interface Plotly {
  toImage(figure: object, options: object): Promise<string>
  validate(data: object, layout: object): { readonly code: string; readonly msg: string }[] | undefined
}

/** A page without a browser, in which plotly draws. */
export interface DrawingWindow {
  readonly plotly: Plotly
  /** Restarts the page's random numbers, from which plotly makes the ids of clip paths and gradients. */
  seedRandom(seed: number): void
  parse(svg: string): DomDocument
  serialise(document: DomDocument): string
}

interface JsdomPackage {
  readonly JSDOM: new (
    html: string,
    options: object,
  ) => { readonly window: PageWindow; getInternalVMContext(): Context }
}

interface PageWindow {
  readonly URL: object
  readonly SVGElement: { readonly prototype: object }
  readonly HTMLCanvasElement: { readonly prototype: object }
  readonly DOMParser: new () => { parseFromString(text: string, type: string): DomDocument }
  readonly XMLSerializer: new () => { serializeToString(document: DomDocument): string }
}

let open: DrawingWindow | undefined

/** The page, opened once: evaluating plotly takes about a second. It is a context of its own, so nothing leaks into Node's globals. */
export function drawingWindow(): DrawingWindow {
  open ??= openWindow()
  return open
}

function openWindow(): DrawingWindow {
  const { JSDOM } = loadPackage<JsdomPackage>('jsdom')
  const dom = new JSDOM('<body></body>', { url: 'http://localhost/', runScripts: 'outside-only' })
  const { window } = dom
  const run = (code: string, filename: string): unknown =>
    new Script(code, { filename }).runInContext(dom.getInternalVMContext())
  addLayoutEngine(window)
  run(PAGE_SCRIPT, 'page-script.js')
  const bundle = packageFile('plotly.js-dist')
  run(readFileSync(bundle, 'utf8'), bundle)
  const plotly = run('Plotly', 'plotly')
  if (!isPlotly(plotly)) throw new Error(`${bundle} did not define Plotly`)
  return {
    plotly,
    seedRandom: (seed) => void run(`seedRandom(${seed >>> 0})`, 'seed.js'),
    parse: (svg) => new window.DOMParser().parseFromString(svg, 'image/svg+xml'),
    serialise: (document) => new window.XMLSerializer().serializeToString(document),
  }
}

// requestAnimationFrame through a plain timer: jsdom's own keeps the process from ending. The random numbers are a linear
// congruential generator; they only name things.
const PAGE_SCRIPT = `
  globalThis.requestAnimationFrame = (callback) => setTimeout(() => callback(performance.now()), 0)
  globalThis.cancelAnimationFrame = (id) => clearTimeout(id)
  let state = 1
  globalThis.seedRandom = (seed) => { state = seed >>> 0 }
  Math.random = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 4294967296
`

function isPlotly(value: unknown): value is Plotly {
  return typeof value === 'object' && value !== null && 'toImage' in value && 'validate' in value
}

/** Gives the page what plotly asks of a browser's layout engine: boxes of elements, lengths of paths, canvases. */
function addLayoutEngine(window: PageWindow): void {
  Object.assign(window.URL, { createObjectURL: () => 'blob:none', revokeObjectURL: () => {} }) // asked for at loading
  Object.assign(window, { CSS: { supports: () => true } }) // of image-rendering: heatmaps keep one pixel per cell
  Object.assign(window.SVGElement.prototype, {
    getBBox(this: DomElement) {
      return rectangle(elementExtent(this))
    },
    getBoundingClientRect(this: DomElement) {
      return rectangle(pageExtent(this))
    },
    getComputedTextLength(this: DomElement) {
      return rectangle(elementExtent(this)).width
    },
    getTotalLength(this: DomElement) {
      return pathProperties(this).getTotalLength()
    },
    getPointAtLength(this: DomElement, length: number) {
      return pathProperties(this).getPointAtLength(length)
    },
  })
  const canvases = new WeakMap<object, Canvas>()
  const canvasOf = (element: { width: number; height: number }): Canvas => {
    const canvas = canvases.get(element) ?? canvasPackage().createCanvas(element.width, element.height)
    canvases.set(element, canvas)
    return canvas
  }
  Object.assign(window.HTMLCanvasElement.prototype, {
    getContext(this: { width: number; height: number }, kind: string) {
      return kind === '2d' ? canvasOf(this).getContext('2d') : null
    },
    toDataURL(this: { width: number; height: number }) {
      return canvasOf(this).toDataURL('image/png')
    },
  })
}

function rectangle(box: Box) {
  const [left, top, right, bottom] = box ?? [0, 0, 0, 0]
  return { x: left, y: top, left, top, right, bottom, width: right - left, height: bottom - top }
}

interface PathProperties {
  getTotalLength(): number
  getPointAtLength(length: number): { readonly x: number; readonly y: number }
}

const measuredPaths = new WeakMap<object, { readonly data: string; readonly properties: PathProperties }>()

function pathProperties(element: DomElement): PathProperties {
  const data = pathData(element) ?? ''
  const known = measuredPaths.get(element)
  if (known?.data === data) return known.properties
  const { svgPathProperties } = loadPackage<{ svgPathProperties: new (d: string) => PathProperties }>(
    'svg-path-properties',
  )
  const properties = new svgPathProperties(data)
  measuredPaths.set(element, { data, properties })
  return properties
}
