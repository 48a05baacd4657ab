import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { projectRoot } from '../../src/data/project-root.js'
import { KERNEL_NAME } from '../../src/setup/kernelspec.js'
import { type Lab, startLab } from './lab.js'
import { errorsOf } from './lab-page.js'

const plotly = 'application/vnd.plotly.v1+json'
const names = readdirSync(join(projectRoot(), 'notebooks')).filter((name) => /^\d\d-.*\.ipynb$/.test(name))

let lab: Lab
beforeAll(async () => {
  lab = await startLab('notebooks')
})
afterAll(() => lab?.close())

test.each(names)('%s runs from top to bottom in JupyterLab', async (name) => {
  const notebook = await lab.open(name)
  try {
    expect(await notebook.kernelName()).toBe(KERNEL_NAME)
    await notebook.runAll()
    const cells = await notebook.cells()
    await notebook.screenshotWhole(`${name.replace('.ipynb', '')}`)
    expect(cells.flatMap(errorsOf)).toEqual([])
    expect(cells.map(({ count }) => count)).toEqual(cells.map((_, i) => i + 1))
    const figures = cells.flatMap(({ outputs }) => outputs).filter(({ data }) => data?.[plotly])
    expect(figures.length).toBeGreaterThan(0)
    expect(figures.every(({ data }) => data?.['image/png'])).toBe(true)
    const shown = await notebook.page.locator('.jp-RenderedPlotly:visible').count()
    expect(shown).toBe(figures.length)
  } finally {
    await notebook.close()
  }
})
