import { type Box, parseTransform, transformed, union } from './boxes.js'
import { canvasPackage } from './canvas.js'
import { type DomElement, SVG_NAMESPACE } from './dom.js'
import { textExtent } from './text-extent.js'

/** The box that an SVG element covers in its own coordinates; null where it draws nothing. */
export function elementExtent(element: DomElement): Box {
  switch (element.localName) {
    case 'text':
    case 'tspan':
      return textExtent(element)
    case 'defs':
    case 'clipPath':
    case 'style':
      return null
    case 'rect':
    case 'image':
      return rectangle(element)
    case 'svg':
      return element.getAttribute('width') ? rectangle(element) : childrenExtent(element)
    case 'circle': {
      const [x, y, r] = [number(element, 'cx'), number(element, 'cy'), number(element, 'r')]
      return [x - r, y - r, x + r, y + r]
    }
    case 'line':
    case 'path': {
      const data = pathData(element)
      return data ? new (canvasPackage().Path2D)(data).computeTightBounds() : null
    }
    default:
      return childrenExtent(element)
  }
}

/** The box that an SVG element covers on the page, through the transforms of all its ancestors. */
export function pageExtent(element: DomElement): Box {
  let box = elementExtent(element)
  for (let at: DomElement | null = element; at?.namespaceURI === SVG_NAMESPACE; at = at.parentNode) {
    box = transformed(box, parseTransform(at.getAttribute('transform')))
  }
  return box
}

/** The outline of a path or line element in the syntax of a path's `d`; null where it has none. */
export function pathData(element: DomElement): string | null {
  if (element.localName !== 'line') return element.getAttribute('d')
  const [x1, y1] = [number(element, 'x1'), number(element, 'y1')]
  return `M${x1},${y1}L${number(element, 'x2')},${number(element, 'y2')}`
}

function childrenExtent(element: DomElement): Box {
  let box: Box = null
  for (const child of element.children) {
    if (child.style?.display === 'none') continue
    box = union(box, transformed(elementExtent(child), parseTransform(child.getAttribute('transform'))))
  }
  return box
}

function rectangle(element: DomElement): Box {
  const [x, y] = [number(element, 'x'), number(element, 'y')]
  return [x, y, x + number(element, 'width'), y + number(element, 'height')]
}

const number = (element: DomElement, attribute: string): number =>
  Number.parseFloat(element.getAttribute(attribute) ?? '') || 0
