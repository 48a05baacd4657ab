import { type DomDocument, type DomElement, SVG_NAMESPACE } from './dom.js'

/**
 * Makes plotly's drawing a file of its own: its size on the page in millimetres, its title and text alternative, and references that
 * every renderer understands.
 */
export function tidySvg(
  document: DomDocument,
  page: {
    widthMm: number
    heightMm: number
    width: number
    height: number
    title: string
    alt: string
    about?: Readonly<Record<string, unknown>> | undefined
  },
): void {
  const root = document.documentElement
  root.setAttribute('width', `${round(page.widthMm)}mm`)
  root.setAttribute('height', `${round(page.heightMm)}mm`)
  root.setAttribute('viewBox', `0 0 ${round(page.width)} ${round(page.height)}`)
  root.setAttribute('role', 'img')
  root.setAttribute('aria-label', page.alt)
  const metadata = page.about ? [labelled(document, 'metadata', JSON.stringify(page.about))] : []
  root.prepend(labelled(document, 'title', page.title), labelled(document, 'desc', page.alt), ...metadata)
  for (const element of root.querySelectorAll('*')) {
    unquoteReferences(element)
    withoutTraceId(element)
  }
}

/** Adds a style sheet at the start of the drawing, before anything it applies to. */
export function addStyleSheet(document: DomDocument, css: string): void {
  document.documentElement.prepend(labelled(document, 'style', css))
}

function labelled(document: DomDocument, name: string, text: string): DomElement {
  const element = document.createElementNS(SVG_NAMESPACE, name)
  element.textContent = text
  return element
}

// url('#clip') is CSS; SVG 1.1 renderers want url(#clip).
function unquoteReferences(element: DomElement): void {
  for (const name of ['style', 'clip-path', 'fill', 'stroke', 'mask', 'marker-start', 'marker-end']) {
    const value = element.getAttribute(name)
    if (value?.includes('url(')) {
      element.setAttribute(name, value.replace(/url\(\s*['"]?(#[^'")\s]+)['"]?\s*\)/g, 'url($1)'))
    }
  }
}

// "trace scatter trace4f6a2c": the last word is a random name.
function withoutTraceId(element: DomElement): void {
  const value = element.getAttribute('class')
  if (value?.includes('trace')) element.setAttribute('class', value.replace(/ trace[0-9a-f]{6}\b/g, ''))
}

const round = (value: number): number => Math.round(value * 1e4) / 1e4
