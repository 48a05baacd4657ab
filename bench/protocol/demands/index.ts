import type { Demand } from '../demand.js'
import { asking } from './asking.js'
import { comms } from './comms.js'
import { control } from './control.js'
import { executing } from './executing.js'
import { historyDemands } from './history.js'
import { kernelInfo } from './kernel-info.js'
import { outputs } from './outputs.js'
import { stdin } from './stdin.js'
import { wire } from './wire.js'

/** What the messaging specification asks of a kernel, in the order of the tables. */
export const demands: readonly Demand[] = [
  ...kernelInfo,
  ...executing,
  ...outputs,
  ...asking,
  ...historyDemands,
  ...comms,
  ...stdin,
  ...control,
  ...wire,
]
