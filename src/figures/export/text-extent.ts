import { type Box, union } from './boxes.js'
import { type CanvasContext, canvasPackage } from './canvas.js'
import { type DomElement, fontSize, inherited, isElement, isText } from './dom.js'

/** A run of text from one absolute x position on: SVG anchors each such chunk on its own. */
interface Chunk {
  readonly x: number
  readonly anchor: string
  width: number
  top: number
  bottom: number
  filled: boolean
}

let context: CanvasContext | undefined

/** The box that a `text` or `tspan` element covers in its own coordinates, from the faces' ascents, descents and advances. */
export function textExtent(root: DomElement): Box {
  context ??= canvasPackage().createCanvas(1, 1).getContext('2d')
  const measure = context
  let [x, y] = [0, 0]
  let chunk: Chunk | undefined
  let box: Box = null
  const finish = () => {
    if (!chunk?.filled) return
    const shift = { middle: -0.5, end: -1 }[chunk.anchor] ?? 0
    const left = chunk.x + shift * chunk.width
    box = union(box, [left, chunk.top, left + chunk.width, chunk.bottom])
  }
  const walk = (element: DomElement) => {
    const em = fontSize(element)
    const startX = length(element, 'x', em)
    x = (startX ?? x) + (length(element, 'dx', em) ?? 0)
    y = (length(element, 'y', em) ?? y) + (length(element, 'dy', em) ?? 0)
    if (startX !== null || !chunk) {
      finish()
      const anchor = inherited(element, 'text-anchor', 'start')
      chunk = { x, anchor, width: 0, top: Infinity, bottom: -Infinity, filled: false }
    }
    for (const node of element.childNodes) {
      if (isElement(node)) walk(node)
      else if (isText(node) && node.data) {
        measure.font = font(element, em)
        const extent = measure.measureText(node.data.replace(/\u200b/g, ''))
        chunk.width += extent.width
        chunk.top = Math.min(chunk.top, y - extent.fontBoundingBoxAscent)
        chunk.bottom = Math.max(chunk.bottom, y + extent.fontBoundingBoxDescent)
        chunk.filled = true
        x += extent.width
      }
    }
  }
  walk(root)
  finish()
  return box
}

function length(element: DomElement, attribute: string, em: number): number | null {
  const value = element.getAttribute(attribute)
  if (!value) return null
  return Number.parseFloat(value) * (value.endsWith('em') ? em : 1)
}

function font(element: DomElement, size: number): string {
  const style = inherited(element, 'font-style', 'normal')
  const weight = inherited(element, 'font-weight', 'normal')
  return `${style} ${weight} ${size}px ${inherited(element, 'font-family', 'serif')}`
}
