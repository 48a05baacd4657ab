import { markdownTable } from '../markdown-table.js'
import { type Kernel, type KernelName, kernelNames } from '../protocol/kernels.js'
import { median, spread } from '../summary.js'
import { withSpread } from '../table.js'
import type { Overhead } from './overhead.js'

/** One measure of all kernels: its runs in milliseconds, null where a kernel was not measured. */
export interface KernelMeasurement {
  readonly measure: string
  readonly runs: Readonly<Record<KernelName, readonly number[] | null>>
}

const measures = {
  start: 'kernel start (ms)',
  empty: 'empty cell (ms)',
  late: 'cell in a notebook of 100 cells (ms)',
} as const

/** What was measured of some kernels, by measure. */
export const kernelMeasurements = (
  kernels: readonly Kernel[],
  overheads: readonly Overhead[],
): KernelMeasurement[] =>
  (['start', 'empty', 'late'] as const).map((what) => ({
    measure: measures[what],
    runs: byKernel((name) => overheads[kernels.findIndex((kernel) => kernel.name === name)]?.[what] ?? null),
  }))

/** What `--json` prints of a measurement: medians. */
export const kernelRow = ({ measure, runs }: KernelMeasurement) => ({
  measure,
  ...byKernel((name) => (runs[name] === null ? null : median(runs[name]))),
})

/** Medians with half the distance between the quartiles, as a table in Markdown. */
export const kernelTable = (measurements: readonly KernelMeasurement[]): string =>
  markdownTable(
    ['measure', ...kernelNames],
    measurements.map(({ measure, runs }) => [
      measure,
      ...kernelNames.map((name) => {
        const times = runs[name]
        return times === null ? '–' : withSpread(median(times), spread(times))
      }),
    ]),
    (column) => column > 0,
  )

/** A value for each kernel. */
function byKernel<T>(of: (name: KernelName) => T): Record<KernelName, T> {
  const [ours, tslab, deno, ipykernel] = kernelNames.map(of)
  return { ours: ours!, tslab: tslab!, deno: deno!, ipykernel: ipykernel! }
}
