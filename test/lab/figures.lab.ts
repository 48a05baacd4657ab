import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { exampleFigures } from '../figures/example-figures.js'
import { faultsOf } from './figure-faults.js'
import { writeFiguresNotebook } from './figures-notebook.js'
import { type Lab, startLab } from './lab.js'
import { errorsOf, type LabPage } from './lab-page.js'
import { seenFigure } from './seen-figure.js'

/** All kinds, without those that try names and sizes of one's own. */
const figures = Object.fromEntries(Object.entries(exampleFigures).filter(([name]) => !name.startsWith('own')))
const height = 1400

let lab: Lab
let saved: string
let page: LabPage
beforeAll(async () => {
  lab = await startLab('figures', { width: 1100, height })
  saved = writeFiguresNotebook(lab.folder, figures)
}, 600_000)
afterEach(() => page?.close())
afterAll(() => lab?.close())

describe('a saved notebook', () => {
  test('shows all figures as wide as their cells, in the prose’s size, in both themes at three widths', async () => {
    const foreign: string[] = []
    page = await lab.open(saved)
    const { origin } = new URL(page.page.url())
    page.page.on('request', (request) => {
      if (/^https?:/.test(request.url()) && !request.url().startsWith(origin)) foreign.push(request.url())
    })
    await page.hideFiles()
    const faults: string[] = []
    for (const theme of ['Light', 'Dark'] as const) {
      await page.chooseTheme(theme)
      for (const width of [700, 1100, 1700]) {
        await page.page.setViewportSize({ width, height })
        for (const name of Object.keys(figures)) {
          const drawing = await page.untilDrawn(name)
          await expect
            .poll(async () => faultsOf(await seenFigure(drawing), theme), { timeout: 5000 })
            .toEqual([])
            .catch(() => {})
          for (const fault of faultsOf(await seenFigure(drawing), theme))
            faults.push(`${name}, ${theme}, ${width}: ${fault}`)
        }
      }
    }
    expect(faults).toEqual([])
    expect(foreign).toEqual([])
  }, 900_000)
})

/** Opens the menu of the camera over a figure. */
async function openCamera(drawing: Locator): Promise<void> {
  await drawing.hover()
  await drawing.locator('.modebar-btn[data-title^="Save as"]').click()
}

test('the camera saves the bytes that the export writes, and the notebook’s own picture where the kernel knows none', async () => {
  page = await lab.open('01-dataset.ipynb')
  for (const id of ['imports', 'parameters', 'sequences']) expect(errorsOf(await page.run(id))).toEqual([])
  const id = await page.append(
    `import { exportFigure } from '../src/notebook/index.js'\nawait exportFigure(examplesFigure, 'from-camera')`,
  )
  expect(errorsOf(await page.run(id))).toEqual([])
  const drawing = await page.untilDrawn('sequences')
  for (const format of ['pdf', 'svg', 'png']) {
    await openCamera(drawing)
    const download = await page.download(
      page.page.locator('.thesis-figure-menu button', { hasText: format.toUpperCase() }),
    )
    expect(download.suggestedFilename()).toMatch(new RegExp(`\\.${format}$`))
    const written = readFileSync(join(lab.folder, 'results', 'figures', `from-camera.${format}`))
    expect(readFileSync(await download.path()).equals(written)).toBe(true)
  }
  await page.page.evaluate(() => window.jupyterapp?.shell.currentWidget?.sessionContext?.shutdown())
  await openCamera(drawing)
  const menu = page.page.locator('.thesis-figure-menu')
  await menu.locator('button', { hasText: 'PDF' }).click()
  await expect.poll(() => menu.textContent()).toContain('run the cell')
  const picture = await page.download(menu.locator('button', { hasText: 'PNG' }))
  const { data } = (await page.cell('sequences')).outputs[0]!
  expect(readFileSync(await picture.path()).toString('base64')).toBe(
    String(data?.['image/png']).replace(/\s/g, ''),
  )
})
