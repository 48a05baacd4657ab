import { notebookOverhead } from './notebook/overhead.js'
import { type KernelMeasurement, kernelMeasurements, kernelRow } from './notebook/rows.js'
import { demands } from './protocol/demands/index.js'
import { examine, type Verdict } from './protocol/examine.js'
import type { Kernel } from './protocol/kernels.js'
import { type DemandRow, demandRows } from './protocol/table.js'

/** What is measured of kernels, in this order. */
export const kernelMeasures = ['notebook', 'protocol'] as const
export type KernelMeasure = (typeof kernelMeasures)[number]

export interface KernelOptions {
  readonly measures: readonly KernelMeasure[]
  /** Ours first. */
  readonly kernels: readonly Kernel[]
  /** The working folder of the kernels. */
  readonly folder: string
  /** How often each kernel is started for the notebook, and how many cells of a kind are run each time. */
  readonly turns: number
  readonly runs: number
  /** Told what is being measured. */
  onProgress(text: string): void
}

export interface KernelResults {
  readonly notebook: readonly KernelMeasurement[]
  readonly protocol: readonly DemandRow[]
}

/** Measures kernels beside one another. */
export async function measureKernels(options: KernelOptions): Promise<KernelResults> {
  const { measures, kernels } = options
  return {
    notebook: measures.includes('notebook')
      ? kernelMeasurements(kernels, await notebookOverhead(kernels, options))
      : [],
    protocol: measures.includes('protocol') ? await examined(options) : [],
  }
}

async function examined({ kernels, folder, onProgress }: KernelOptions): Promise<DemandRow[]> {
  const all: [string, Verdict[]][] = []
  // One after the other: on a busy machine a kernel may fail what it meets alone.
  for (const kernel of kernels) {
    const verdicts: Verdict[] = []
    onProgress(`${kernel.name}: ${demands.length} demands of the protocol`)
    for await (const verdict of examine(kernel, demands, { folder })) verdicts.push(verdict)
    const met = verdicts.filter(({ failure }) => failure === null).length
    onProgress(`${kernel.name}: ${met} of ${demands.length} are met`)
    all.push([kernel.name, verdicts])
  }
  return demandRows(Object.fromEntries(all))
}

/** What `--json` prints of the results. */
export const kernelRows = ({ notebook, protocol }: KernelResults): object[] => [
  ...notebook.map(kernelRow),
  ...protocol,
]
