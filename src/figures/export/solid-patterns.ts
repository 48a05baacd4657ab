import type { DomElement } from './dom.js'

/**
 * Paints the background of patterned areas under them instead of in each tile: PDF viewers show hairlines between tiles that cover
 * their whole area.
 */
export function layPatternsOnColor(root: DomElement): void {
  const backgrounds = new Map<string, string>()
  for (const pattern of root.querySelectorAll('pattern')) {
    for (const background of pattern.querySelectorAll('rect')) {
      const fill = paint(background, 'fill')
      if (fill) backgrounds.set(`#${pattern.getAttribute('id')}`, fill)
      background.remove()
    }
  }
  for (const element of root.querySelectorAll('path, rect')) {
    const reference = /url\(\s*['"]?(#[^'")\s]+)/.exec(paint(element, 'fill'))?.[1]
    const color = reference && backgrounds.get(reference)
    if (!color) continue
    const under = element.cloneNode(true)
    under.style?.setProperty('fill', color)
    under.style?.setProperty('stroke', 'none')
    element.before(under)
  }
}

const paint = (element: DomElement, property: string): string =>
  element.style?.getPropertyValue(property) || element.getAttribute(property) || ''
