import { commandLine, run } from '../../commands/command-line.js'
import { exportFigure } from '../../figures/export/export-figure.js'
import { ready } from './until-stopped.js'

const TIMES = 3

/** Exports a figure over and over, by turns with one value more; what is there at the end is the one with fewer. */
await run(commandLine('export', 'Exports a figure.'), async () => {
  ready()
  for (let i = 1; i <= TIMES; i++) {
    const y = i % 2 === 1 ? [1, 3, 2] : [1, 3, 2, 4]
    const figure = { data: [{ type: 'scatter' as const, y }], layout: {}, alt: `${y.length} values` }
    await exportFigure(figure, 'results/figures/curve', { widthMm: 84, heightMm: 50 })
  }
  return 0
})
