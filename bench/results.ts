import { writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import type { Measurement } from './row.js'
import { table } from './table.js'

/** What the numbers were measured on and with. */
export interface Setting {
  readonly date: string
  readonly machine: string
  readonly versions: string
  /** How often each side took its turn, and how many runs a turn had. */
  readonly repeats: string
}

/** This machine, without anything that says whose it is. */
export function describeMachine(): string {
  const processors = cpus()
  const memory = Math.round(totalmem() / 2 ** 30)
  return `${processors[0]?.model.trim() ?? 'unknown processor'}, ${processors.length} logical cores, ${memory} GiB, ${process.platform}-${process.arch}`
}

/** The targets that the benchmark has, and what was measured. */
function verdicts(rows: readonly Measurement[]): string[] {
  const target = (what: string, least: number, of: readonly Measurement[]) =>
    of
      .filter(({ ratio }) => ratio !== null)
      .map(({ network, batch, measure, ratio }) => {
        const name = [network, batch > 0 ? `batch ${batch}` : '', measure].filter(Boolean).join(', ')
        return `- ${what}: ${name}: ${ratio!.toFixed(2)} (target ${least}), ${ratio! >= least ? 'reached' : 'missed'}`
      })
  const measured = (start: string) => rows.filter(({ measure }) => measure.startsWith(start))
  return [
    ...target('Training throughput', 1.5, measured('an epoch of all ten models')),
    ...target(
      'Training step',
      1,
      measured('training step (ms)').filter(({ steps }) => steps === 12),
    ),
    ...target('Deep Taylor', 2, measured('deepTaylor')),
    ...measured('arithmetic of a step').map(
      ({ network, batch, ours }) =>
        `- Arithmetic: ${network}, batch ${batch}: ${ours.toFixed(0)} % (target 60 %), ${ours >= 60 ? 'reached' : 'missed'}`,
    ),
  ]
}

/** Writes `bench/RESULTS.md`. */
export function writeResults(
  rows: readonly Measurement[],
  { date, machine, versions, repeats }: Setting,
): string {
  const file = join(import.meta.dirname, 'RESULTS.md')
  const text = `# Results of the benchmark

Written by \`npm run bench -- --write\` on ${date}.

- Machine: ${machine}
- Versions: ${versions}
- ${repeats}

Medians, ± half the distance between the quartiles; \`ratio\` is above 1 where we are faster or smaller than the peer. Both sides were
checked to compute the same logits, gradients and explanations before they were timed. What is behind each measure stands in
[README.md](README.md).

${table(rows)}

## Targets

${verdicts(rows).join('\n')}
`
  writeFileSync(file, text)
  return file
}
