import type { SeenFigure } from './seen-figure.js'

/** What is wrong with a figure as it is seen. */
export function faultsOf(seen: SeenFigure, theme: 'Light' | 'Dark'): string[] {
  const faults: string[] = []
  const close = (a: number, b: number) => Math.abs(a - b) <= 1
  if (!close(seen.drawing.width, seen.place.width)) faults.push('is not as wide as its cell')
  if (!close(seen.place.width, seen.output.width)) faults.push('leaves room beside it')
  if (Math.abs(seen.textSize - seen.proseSize) > 0.1)
    faults.push(`has text of ${seen.textSize} px beside prose of ${seen.proseSize} px`)
  for (const { text, box, family, luminance, isBare } of seen.texts) {
    if (!family.startsWith('CMU Serif')) faults.push(`"${text}" is in ${family}`)
    if (overlap(box, seen.toolbar) > 0) faults.push(`the toolbar covers "${text}"`)
    if (box.left < seen.place.left - 2 || box.right > seen.place.right + 2)
      faults.push(`"${text}" is cut off`)
    if (box.bottom > seen.place.bottom + 2) faults.push(`"${text}" is cut off below`)
    if (isBare && (theme === 'Dark') !== luminance > 0.18)
      faults.push(`"${text}" has a luminance of ${luminance}`)
  }
  for (const legend of seen.legends)
    if (overlap(legend, seen.toolbar) > 0) faults.push('the toolbar covers a legend')
  for (const [i, { text, box }] of seen.texts.entries())
    for (const other of seen.texts.slice(i + 1))
      if (overlap(box, other.box) > 4) faults.push(`"${text}" covers "${other.text}"`)
  return faults
}

type Box = SeenFigure['place']

/** How far two boxes overlap, in the smaller direction. */
const overlap = (a: Box, b: Box): number =>
  Math.min(
    Math.min(a.right, b.right) - Math.max(a.left, b.left),
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top),
  )
