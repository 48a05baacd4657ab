import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Figure } from '../../src/figures/kit/figure.js'
import { presets } from '../../src/figures/kit/presets.js'
import { plotlyMimeType } from '../../src/notebook/figure-json.js'
import { liveFigure, liveMimeType } from '../../src/notebook/live-figure.js'
import { KERNEL_NAME, KERNEL_TITLE } from '../../src/setup/kernelspec.js'

/**
 * Writes a notebook with a cell for each figure, as one that was run and saved, but without the pictures, which take their time to draw;
 * the cells' ids are the figures' names.
 */
export function writeFiguresNotebook(
  folder: string,
  figures: Readonly<Record<string, () => Figure>>,
): string {
  const prose = { cell_type: 'markdown', id: 'prose', metadata: {}, source: 'Prose beside figures.' }
  const cells = Object.entries(figures).map(([name, make]) => {
    const figure = make()
    const { json, live } = liveFigure(figure, presets['double-column'].widthMm)
    const data = { [liveMimeType]: live, [plotlyMimeType]: json, 'text/plain': figure.alt }
    const outputs = [{ output_type: 'display_data', data, metadata: {} }]
    return { cell_type: 'code', id: name, metadata: {}, execution_count: 1, source: `// ${name}`, outputs }
  })
  const metadata = { kernelspec: { name: KERNEL_NAME, display_name: KERNEL_TITLE, language: 'typescript' } }
  const name = 'all-figures.ipynb'
  writeFileSync(
    join(folder, 'notebooks', name),
    JSON.stringify({ cells: [prose, ...cells], metadata, nbformat: 4, nbformat_minor: 5 }, null, 1),
  )
  return name
}
