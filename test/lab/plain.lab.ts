import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Lab, startLab } from './lab.js'
import { errorsOf } from './lab-page.js'

let lab: Lab
beforeAll(async () => {
  lab = await startLab('plain', { isPlain: true })
})
afterAll(() => lab?.close())

test("a JupyterLab without the project's settings shows live figures and finds what they are exported to", async () => {
  const notebook = await lab.open('01-dataset.ipynb')
  for (const id of ['imports', 'parameters']) expect(errorsOf(await notebook.run(id))).toEqual([])
  await notebook.run('sequences')
  const drawing = await notebook.untilDrawn('sequences')
  const box = await drawing.boundingBox()
  const place = await notebook.page.locator('.thesis-figure:visible').first().boundingBox()
  expect(box?.width).toBeCloseTo(place?.width ?? Number.NaN, 0)
  await notebook.screenshot('plain', 'sequences')

  for (const id of ['imports', 'parameters', 'sequences']) await notebook.run(id)
  const id = await notebook.append(
    `import { exportFigure } from '../src/notebook/index.js'\nawait exportFigure(examplesFigure, 'from-plain', { preset: 'single-column' })`,
  )
  expect(errorsOf(await notebook.run(id))).toEqual([])
  const link = (await notebook.select(id)).locator('a[download="from-plain.pdf"]')
  const download = await notebook.download(link)
  const written = readFileSync(join(lab.folder, 'results', 'figures', 'from-plain.pdf'))
  expect(readFileSync(await download.path())).toEqual(written)
  await notebook.close()
})
