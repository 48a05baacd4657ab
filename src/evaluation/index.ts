export { itemRelevance } from './item-relevance.js'
export { relevanceCosines } from './relevance-cosine.js'
