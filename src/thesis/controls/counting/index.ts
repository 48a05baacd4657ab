export { type CountingOverviewRow, countingOverview } from './counting-overview.js'
export { type CountingSummaryRow, countingSummary } from './counting-summary.js'
export {
  type CountingRow,
  type CountingTestOptions,
  countingNetworks,
  countingTest,
} from './counting-test.js'
