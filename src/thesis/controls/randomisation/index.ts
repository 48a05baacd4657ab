export {
  type RandomisationOptions,
  type RandomisationRow,
  randomisationTable,
} from './randomisation-table.js'
export { type Randomisation, randomisations } from './randomised-layers.js'
