import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Figure } from '../../src/figures/kit/figure.js'
import { show } from '../../src/notebook/index.js'
import { KERNEL_NAME, KERNEL_TITLE } from '../../src/setup/kernelspec.js'
import { startFakeKernel } from '../notebook/fake-kernel.js'

/** Writes a notebook with a cell for each figure, as one that was run and saved; the cells' ids are the figures' names. */
export async function writeFiguresNotebook(
  folder: string,
  figures: Readonly<Record<string, () => Figure>>,
): Promise<string> {
  const cells: object[] = [
    { cell_type: 'markdown', id: 'prose', metadata: {}, source: 'Prose beside figures.' },
  ]
  for (const [name, figure] of Object.entries(figures)) {
    const kernel = startFakeKernel()
    try {
      await show(figure())
      const outputs = kernel.outputs.map(({ data, metadata }) => ({
        output_type: 'display_data',
        data,
        metadata,
      }))
      cells.push({
        cell_type: 'code',
        id: name,
        metadata: {},
        execution_count: 1,
        source: `// ${name}`,
        outputs,
      })
    } finally {
      kernel.stop()
    }
  }
  const metadata = { kernelspec: { name: KERNEL_NAME, display_name: KERNEL_TITLE, language: 'typescript' } }
  const name = 'all-figures.ipynb'
  writeFileSync(
    join(folder, 'notebooks', name),
    JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }, null, 1),
  )
  return name
}
