import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { KernelResults } from './kernel-measures.js'
import { kernelTable } from './notebook/rows.js'
import { demandTable } from './protocol/table.js'
import type { Setting } from './results.js'

/** Writes `bench/KERNELS.md`. */
export function writeKernelResults(
  { notebook, protocol }: KernelResults,
  { date, machine, versions, repeats }: Setting,
): string {
  const file = join(import.meta.dirname, 'KERNELS.md')
  const sections = [
    `# Kernels beside one another

Written by \`npm run bench -- --measure notebook --measure protocol --write\` on ${date}.

- Machine: ${machine}
- Versions: ${versions}`,
    ...(notebook.length === 0
      ? []
      : [
          `## Notebook

${repeats}. Medians, ± half the distance between the quartiles. What is behind each measure stands in [README.md](README.md).

${kernelTable(notebook)}`,
        ]),
    ...(protocol.length === 0
      ? []
      : [
          `## Protocol

What the messaging specification of Jupyter asks of a kernel, and which meets it; below the table stands why not.

${demandTable(protocol)}`,
        ]),
  ]
  writeFileSync(file, `${sections.join('\n\n')}\n`)
  return file
}
