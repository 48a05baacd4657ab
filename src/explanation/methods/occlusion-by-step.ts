import { defineMethod } from '../method.js'
import { occlusionOf } from '../occlusion.js'

/**
 * Occlusion by step (Zeiler and Fergus 2014): by how much f falls when one frame is all at the range's low end, spread evenly over the
 * frame's pixels.
 */
export const occlusionByStep = defineMethod({
  id: 'occlusionByStep',
  title: 'Occlusion by step',
  short: 'Occ',
  attribute(explained) {
    if (explained.geometry === null)
      throw new Error('Occlusion by step needs to know how sequences are read: give a geometry')
    const { rows, stepColumns, steps } = explained.geometry
    const frames = Array.from({ length: steps }, (_, step) => ({
      top: 0,
      left: step * stepColumns,
      rows,
      columns: stepColumns,
    }))
    return occlusionOf(explained, frames)
  },
})
