/** The part of the DOM that the export touches; notebook cells are type-checked without the DOM library. */
export interface DomElement {
  readonly nodeType: number
  readonly localName: string
  readonly namespaceURI: string | null
  readonly parentNode: DomElement | null
  readonly childNodes: Iterable<DomElement | DomText>
  readonly children: Iterable<DomElement>
  readonly ownerDocument: DomDocument
  readonly style?: DomStyle
  textContent: string | null
  getAttribute(name: string): string | null
  setAttribute(name: string, value: string): void
  removeAttribute(name: string): void
  querySelectorAll(selector: string): Iterable<DomElement>
  prepend(...nodes: DomElement[]): void
  before(...nodes: DomElement[]): void
  cloneNode(deep: boolean): DomElement
  remove(): void
}

export interface DomStyle {
  readonly display: string
  readonly fontSize: string
  getPropertyValue(name: string): string
  setProperty(name: string, value: string): void
  removeProperty(name: string): void
}

export interface DomText {
  readonly nodeType: number
  readonly data: string
}

export interface DomDocument {
  readonly documentElement: DomElement
  createElementNS(namespace: string, name: string): DomElement
}

export const SVG_NAMESPACE = 'http://www.w3.org/2000/svg'

export const isElement = (node: DomElement | DomText): node is DomElement => node.nodeType === 1

export const isText = (node: DomElement | DomText): node is DomText => node.nodeType === 3

/** A property that children inherit, from styles or presentation attributes; `initial` where no ancestor sets it. */
export function inherited(element: DomElement, property: string, initial: string): string {
  for (let at: DomElement | null = element; at?.style; at = at.parentNode) {
    const value = at.style.getPropertyValue(property) || at.getAttribute(property)
    if (value && value !== 'inherit') return value
  }
  return initial
}

/** The font size of an element in CSS pixels; sizes in % and em are relative to the parent's. */
export function fontSize(element: DomElement | null): number {
  if (!element?.style) return 16
  const value = element.style.fontSize || element.getAttribute('font-size')
  if (!value) return fontSize(element.parentNode)
  const size = Number.parseFloat(value)
  if (value.endsWith('%')) return (size / 100) * fontSize(element.parentNode)
  return value.endsWith('em') ? size * fontSize(element.parentNode) : size
}
