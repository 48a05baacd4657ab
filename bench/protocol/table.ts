import { markdownTable } from '../markdown-table.js'
import type { Verdict } from './examine.js'
import { type KernelName, kernelNames } from './kernels.js'

/** The verdicts on each kernel that was examined, all on the same demands. */
export type Verdicts = Readonly<Partial<Record<KernelName, readonly Verdict[]>>>

/** One demand as `--json` prints it; null stands for a kernel that was not examined. */
export type DemandRow = {
  readonly measure: 'protocol'
  readonly demand: string
  /** Why kernels do not meet it. */
  readonly failures: Readonly<Partial<Record<KernelName, string>>>
} & Readonly<Record<KernelName, boolean | null>>

/** What `--json` prints of the verdicts. */
export const demandRows = (verdicts: Verdicts): DemandRow[] =>
  verdicts.ours!.map(({ demand }, i) => {
    const of = (name: KernelName) => verdicts[name]?.[i]
    const isMet = (name: KernelName) => {
      const verdict = of(name)
      return verdict === undefined ? null : verdict.failure === null
    }
    const failures = kernelNames.flatMap((name) => {
      const failure = of(name)?.failure ?? null
      return failure === null ? [] : [[name, failure] as const]
    })
    return {
      measure: 'protocol',
      demand: demand.claim,
      ours: isMet('ours'),
      tslab: isMet('tslab'),
      deno: isMet('deno'),
      ipykernel: isMet('ipykernel'),
      failures: Object.fromEntries(failures),
    }
  })

/** Which kernel meets which demand, as a table in Markdown, and below it why not. */
export function demandTable(rows: readonly DemandRow[]): string {
  const examined = kernelNames.filter((name) => rows.some((row) => row[name] !== null))
  const sums = examined.map((name) => `${rows.filter((row) => row[name] === true).length} of ${rows.length}`)
  const table = markdownTable(
    ['demand', ...examined],
    [
      ...rows.map((row) => [row.demand, ...examined.map((name) => (row[name] ? 'yes' : 'no'))]),
      ['met', ...sums],
    ],
    () => false,
  )
  const reasons = examined.flatMap((name) =>
    rows.flatMap(({ demand, failures }) =>
      failures[name] === undefined ? [] : [`- ${name}: ${demand}: ${failures[name]}`],
    ),
  )
  return [table, ...(reasons.length === 0 ? [] : ['', ...reasons])].join('\n')
}
