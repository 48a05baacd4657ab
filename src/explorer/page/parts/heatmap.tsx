import { useMemo } from 'preact/hooks'
import type { Cell } from '../../shared/protocol.js'
import type { View } from '../context.js'
import { relevanceImage } from '../paint/raster.js'
import { Pixels } from './canvas.js'

/** Relevance over the outline of the drawing; what lies before the step `from` stays empty. */
export function Heatmap({
  cell,
  view,
  label,
  from = 0,
}: {
  cell: Cell
  view: View
  label?: string
  from?: number
}) {
  const { colors, drawing, dataset, outline } = view
  const { rows, columns } = drawing
  const { stepColumns, items } = dataset.problem
  const image = useMemo(
    () => relevanceImage({ rows, columns, values: cell.relevance }, cell.scale, colors, from * stepColumns),
    [cell.relevance, cell.scale, colors, from, rows, columns, stepColumns],
  )
  return (
    <div class="heatmap">
      <Pixels image={image} label={label} />
      <svg viewBox={`0 0 ${columns} ${rows}`} aria-hidden="true">
        <path class="outline" d={outline} />
        {Array.from({ length: items - 1 }, (_, k) => (
          <path key={`item ${k + 1}`} class="between" d={`M${(k + 1) * (columns / items)} 0v${rows}`} />
        ))}
        {from > 0 && <path class="front" d={`M${from * stepColumns} 0v${rows}`} />}
      </svg>
    </div>
  )
}
