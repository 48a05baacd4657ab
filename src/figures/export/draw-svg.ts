import { createHash } from 'node:crypto'
import type { Figure } from '../kit/figure.js'
import { baseLayout } from '../kit/theme.js'
import { assertExportable } from './assert-exportable.js'
import type { DomDocument } from './dom.js'
import { drawingWindow } from './drawing-window.js'

const PATIENCE_MS = 60_000

/**
 * Lets plotly draw a figure of `width` × `height` CSS pixels as an SVG document.
 *
 * @throws if the figure has parts that cannot be exported, or plotly cannot draw it
 */
export async function drawSvg(figure: Figure, width: number, height: number): Promise<DomDocument> {
  assertExportable(figure)
  const { plotly, seedRandom, parse } = drawingWindow()
  // A copy, because plotly fills in what a specification leaves out. Ids come from a hash of the content: a repeated export is the
  // same, and two figures in one page do not clash.
  const specification = JSON.stringify({
    data: figure.data,
    layout: { ...baseLayout(), ...figure.layout, width, height },
    config: { staticPlot: true },
  })
  seedRandom(createHash('sha256').update(specification).digest().readUInt32BE(0))
  const svg = await patiently(
    plotly.toImage(JSON.parse(specification), { format: 'svg', width, height, imageDataOnly: true }),
  )
  return parse(svg)
}

async function patiently<Result>(drawing: Promise<Result>): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error('plotly did not finish drawing the figure in a minute')),
      PATIENCE_MS,
    )
  })
  try {
    return await Promise.race([drawing, late])
  } finally {
    clearTimeout(timer)
  }
}
