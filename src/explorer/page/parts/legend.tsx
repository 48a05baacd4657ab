import { useMemo } from 'preact/hooks'
import type { View } from '../context.js'
import { relevanceImage } from '../paint/raster.js'
import { cellKey } from '../state/state.js'
import { strings } from '../strings/index.js'
import { Pixels } from './canvas.js'

const { heatmaps: words } = strings
const LENGTH = 96

/** What the colours of the heatmaps mean. */
export function Legend({ view: { state, results, colors } }: { view: View }) {
  const isSigned = state.subjects.some((subject) =>
    state.methods.some((method) => results.cells.get(cellKey(subject, method))?.scale.signed),
  )
  const image = useMemo(() => {
    const values = Array.from({ length: LENGTH }, (_, i) =>
      isSigned ? (2 * i) / (LENGTH - 1) - 1 : i / (LENGTH - 1),
    )
    return relevanceImage({ rows: 1, columns: LENGTH, values }, { signed: isSigned, end: 1 }, colors)
  }, [isSigned, colors])
  return (
    <p class="legend quiet">
      <span>{isSigned ? words.against : words.less}</span>
      <Pixels image={image} />
      <span>{words.moreRelevance}</span>
      <span class="key">
        <span class="mark" aria-hidden="true">
          ●
        </span>{' '}
        {words.relevant}
      </span>
    </p>
  )
}
