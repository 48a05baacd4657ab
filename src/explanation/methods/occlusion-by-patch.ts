import { defineMethod, type Method } from '../method.js'
import { occlusionOf, type Region } from '../occlusion.js'

/**
 * Occlusion by patch (Zeiler and Fergus 2014): by how much f falls when a patch of `rows` × `columns` pixels is all at the range's low
 * end, spread evenly over its pixels. Patches lie side by side; those at the far edges are smaller where the sizes do not divide.
 *
 * @throws RangeError unless a patch has at least one row and one column
 * @example
 * const fine = occlusionByPatchOf(4, 4)
 */
export function occlusionByPatchOf(
  rows: number,
  columns: number,
  id = `occlusionByPatch${rows}x${columns}`,
  short = `Occ ${rows}×${columns}`,
): Method {
  if (![rows, columns].every((size) => Number.isInteger(size) && size >= 1))
    throw new RangeError(`a patch of ${rows} × ${columns} pixels; both must be whole numbers of at least 1`)
  return defineMethod({
    id,
    title: `Occlusion by patch of ${rows} × ${columns}`,
    short,
    attribute(explained) {
      const [, height, width] = explained.x.shape
      const tops = startsOf(height, rows)
      const patches = tops.flatMap((top) =>
        startsOf(width, columns).map(
          (left): Region => ({
            top,
            left,
            rows: Math.min(rows, height - top),
            columns: Math.min(columns, width - left),
          }),
        ),
      )
      return occlusionOf(explained, patches)
    },
  })
}

/** Where parts of a length start. */
const startsOf = (length: number, part: number): number[] =>
  Array.from({ length: Math.ceil(length / part) }, (_, k) => k * part)

/** Occlusion by patch of 7 × 7 pixels. */
export const occlusionByPatch = occlusionByPatchOf(7, 7, 'occlusionByPatch', 'Occ-patch')
