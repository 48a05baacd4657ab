export { type LatenessOptions, type LatenessRow, latenessTable } from './lateness-table.js'
export { lengthened } from './lengthened.js'
export { type PositionRow, positionTable } from './position-table.js'
export { type StateRow, stateLedger } from './state-ledger.js'
