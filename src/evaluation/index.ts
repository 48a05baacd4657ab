export { itemRelevance } from './item-relevance.js'
export { flippedPixels } from './pixel-flipping.js'
export { relevanceCosines } from './relevance-cosine.js'
