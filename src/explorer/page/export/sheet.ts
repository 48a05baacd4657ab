import { methodName, shares, subjectName, type View } from '../context.js'
import { INKS } from '../paint/colors.js'
import { relevanceImage } from '../paint/raster.js'
import { cellKey } from '../state/state.js'
import { strings } from '../strings/index.js'

const { heatmaps: words, evidence } = strings

/** Widths and heights in the sheet's own pixels. */
const [MAP, GAP, MARGIN, HEAD, ROW, FOOT] = [300, 24, 28, 66, 54, 30]
const BAR = { light: '#e76545', dark: '#f8976f' } as const
const FONT = "font-family:'CMU Serif','Latin Modern Roman',Georgia,serif"

/** The heatmaps that are seen, with evidence, shares and scores, as one SVG that stands for itself. */
export function sheetSvg(view: View): string {
  const { state, manifest, theme, dataset, results } = view
  const map = MAP / 3
  const width = 2 * MARGIN + state.methods.length * (MAP + GAP) - GAP
  const height = HEAD + state.subjects.length * (map + ROW + GAP) + FOOT
  const label = results.verdict?.label ?? null
  const parts = [
    `<rect width="${width}" height="${height}" fill="${INKS[theme].paper}"/>`,
    text(MARGIN, 34, label === null ? words.noMajority : words.majority(dataset.classes[label]!), {
      size: 17,
    }),
  ]
  for (const [row, subject] of state.subjects.entries()) {
    const top = HEAD + row * (map + ROW + GAP)
    const logits = results.logits.get(subject.isTrained ? subject.network : `${subject.network}~untrained`)
    const predicted = logits?.indexOf(Math.max(...logits))
    const says = predicted === undefined ? '' : ` ${evidence.predicts(dataset.classes[predicted]!)}`
    parts.push(text(MARGIN, top - 6, `${subjectName(manifest, subject)}${says}`, { size: 15, isBold: true }))
    for (const [column, method] of state.methods.entries()) {
      const left = MARGIN + column * (MAP + GAP)
      const cell = results.cells.get(cellKey(subject, method))
      if (cell === undefined) continue
      const raster = { rows: view.drawing.rows, columns: view.drawing.columns }
      const image = relevanceImage({ ...raster, values: cell.relevance }, cell.scale, view.colors)
      parts.push(
        text(left, top + 14, methodName(manifest, method), { size: 13 }),
        `<image x="${left}" y="${top + 20}" width="${MAP}" height="${map}" preserveAspectRatio="none" style="image-rendering:pixelated" href="${pngOf(image)}"/>`,
        `<path transform="translate(${left} ${top + 20}) scale(${MAP / raster.columns})" d="${view.outline}" fill="none" stroke="${INKS[theme].ink}" stroke-opacity="0.6" stroke-width="0.22"/>`,
        `<rect x="${left}" y="${top + 20}" width="${MAP}" height="${map}" fill="none" stroke="${INKS[theme].muted}" stroke-width="0.8"/>`,
        ...sharesOf(cell.items, left, top + 20 + map),
        text(left + MAP, top + 14, scoreOf(cell.scores), { size: 12, anchor: 'end', isMuted: true }),
      )
    }
  }
  parts.push(text(MARGIN, height - 12, strings.page.title, { size: 11, isMuted: true }))
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" style="${FONT}"><title>${escaped(strings.export.seen)}</title>${parts.join('')}</svg>`

  function text(
    x: number,
    y: number,
    content: string,
    { size, isBold = false, isMuted = false, anchor = 'start' }: TextStyle,
  ): string {
    const color = isMuted ? INKS[theme].muted : INKS[theme].ink
    return `<text x="${x}" y="${y}" font-size="${size}" fill="${color}" text-anchor="${anchor}"${isBold ? ' font-weight="700"' : ''}>${escaped(content)}</text>`
  }

  function scoreOf(scores: Readonly<Record<string, number>> | null): string {
    const measure = manifest.measures.find(({ id }) => id === state.measure)!
    const score = scores?.[measure.id]
    return score === undefined
      ? ''
      : words.scoreText(measure.short, score, measure.baselineName, measure.baseline)
  }

  function sharesOf(items: readonly number[], left: number, top: number): string[] {
    const each = MAP / items.length
    return (shares(items) ?? []).flatMap((share, place) => {
      const mark = results.verdict?.relevant[place] ? ' ●' : ''
      return [
        `<rect x="${left + place * each}" y="${top + 5}" width="${(each - 6) * Math.abs(share)}" height="4" fill="${BAR[theme]}"/>`,
        text(left + place * each, top + 23, `${strings.percent(share)}${mark}`, { size: 12 }),
      ]
    })
  }
}

interface TextStyle {
  readonly size: number
  readonly isBold?: boolean
  readonly isMuted?: boolean
  readonly anchor?: 'start' | 'end'
}

function pngOf(image: ImageData): string {
  const canvas = document.createElement('canvas')
  canvas.width = image.width
  canvas.height = image.height
  canvas.getContext('2d')!.putImageData(image, 0, 0)
  return canvas.toDataURL('image/png')
}

const escaped = (content: string): string =>
  content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
