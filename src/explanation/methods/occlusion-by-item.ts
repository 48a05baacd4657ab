import { defineMethod } from '../method.js'
import { itemRegions, occlusionOf } from '../occlusion.js'

/**
 * Occlusion by item (Zeiler and Fergus 2014): by how much f falls when one item is all at the range's low end, spread evenly over the
 * item's pixels.
 */
export const occlusionByItem = defineMethod({
  id: 'occlusionByItem',
  title: 'Occlusion by item',
  short: 'Occ-item',
  attribute: (explained) => occlusionOf(explained, itemRegions(explained, 'Occlusion by item')),
})
