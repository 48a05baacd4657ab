import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { liveMimeType } from '../../src/notebook/live-figure.js'
import { type Lab, startLab } from './lab.js'
import { errorsOf, type LabPage, textOf } from './lab-page.js'

const name = '07-heatmaps.ipynb'
const plotly = 'application/vnd.plotly.v1+json'
const view = 'application/vnd.jupyter.widget-view+json'

let lab: Lab
let notebook: LabPage
beforeAll(async () => {
  lab = await startLab('inspector')
})
afterEach(() => notebook?.close())
afterAll(() => lab?.close())

/** Opens the notebook and runs what the inspector needs. */
async function openInspector(): Promise<Locator> {
  notebook = await lab.open(name)
  for (const id of ['imports', 'parameters', 'values', 'inspector'])
    expect(errorsOf(await notebook.run(id))).toEqual([])
  const cell = await notebook.select('inspector')
  await cell.locator('.widget-dropdown').first().waitFor()
  return cell
}

/** The text over the figure. */
const words = async (): Promise<string> => {
  const { outputs } = await notebook.cell('inspector')
  return outputs[3] ? textOf(outputs[3]) : ''
}

const untilWords = (pattern: RegExp) => expect.poll(words, { timeout: 60_000 }).toMatch(pattern)

/** Waits until the page shows the picture of what the words are about. */
async function untilDrawn(): Promise<void> {
  const drawing = notebook.page.locator('.thesis-explore [role=status]', { hasText: 'Drawing' })
  const isDrawn = async (): Promise<boolean> => {
    if ((await drawing.count()) > 0) return false
    const about = /Test sequence \d+ of [\w-]+/.exec(await words())?.[0] ?? '?'
    const figure = (await notebook.cell('inspector')).outputs[1]
    if (figure?.data?.['image/png'] === undefined || !textOf(figure).startsWith(about)) return false
    const shown = notebook.page.locator('.jp-Notebook:visible .thesis-figure-drawing').last()
    return (figure.data[liveMimeType] as { id: string }).id === (await shown.getAttribute('data-figure'))
  }
  await expect.poll(isDrawn, { timeout: 120_000 }).toBe(true)
}

const sequenceIn = (text: string): number => Number(/Test sequence (\d+)/.exec(text)?.[1])
const choose = (cell: Locator, label: string, option: string) =>
  cell.locator('.widget-dropdown', { hasText: label }).locator('select').selectOption(option)
const tick = (cell: Locator, label: string) =>
  cell.locator('.widget-checkbox', { hasText: label }).locator('input').click()
const button = (cell: Locator, title: string) => cell.locator(`button[title^="${title}"]`)
const field = (cell: Locator) => cell.getByLabel('Test sequence')
/** The word beside the field. */
const word = (cell: Locator) => cell.locator('.thesis-word [role=alert]')
async function type(cell: Locator, text: string): Promise<void> {
  await field(cell).fill(text)
  await field(cell).press('Enter')
}

test('the inspector follows its controls', async () => {
  const cell = await openInspector()
  const first = await words()
  await notebook.screenshot('inspector', 'inspector')
  await cell.locator('.thesis-figure .main-svg').first().waitFor()
  await button(cell, 'next').click()
  await untilWords(new RegExp(`Test sequence ${sequenceIn(first) + 1} `))
  await button(cell, 'previous').click()
  await untilWords(new RegExp(`Test sequence ${sequenceIn(first)} `))
  await type(cell, '17')
  await untilWords(/Test sequence 17 /)
  await choose(cell, 'Network', 'ConvR-LSTM')
  await untilWords(/ConvR-LSTM predicts/)
  await choose(cell, 'Explain', 'class 4')
  await untilWords(/Explained is 4/)
  await tick(cell, 'LRP')
  await untilWords(/LRP-α2β1 \| no relevance/)
  await untilDrawn()
  await notebook.screenshot('inspector-changed', 'inspector')
  const { outputs } = await notebook.cell('inspector')
  expect(outputs).toHaveLength(5)
  expect(Object.keys(outputs[1]?.data ?? {}).sort()).toEqual([
    plotly,
    liveMimeType,
    'image/png',
    'text/plain',
  ])
  expect(await cell.locator('details', { hasText: 'Text alternative' }).textContent()).toContain(
    textOf(outputs[1]!),
  )
})

test('wrong predictions are found, several clicks end at the last, and an error ends nothing', async () => {
  const cell = await openInspector()
  await choose(cell, 'Network', 'Shallow')
  await tick(cell, 'wrong predictions')
  await button(cell, 'next').click()
  await untilWords(/\*\*wrongly\*\*/)
  const found = sequenceIn(await words())
  await tick(cell, 'wrong predictions')
  for (let i = 0; i < 10; i++) await button(cell, 'next').click()
  await untilWords(new RegExp(`Test sequence ${found + 10} `))
  await untilDrawn()
  for (const method of ['SA', 'GB', 'DTD']) await tick(cell, method)
  await cell.locator('[role=status]', { hasText: 'no method is chosen' }).waitFor()
  await notebook.screenshot('inspector-error', 'inspector')
  await tick(cell, 'DTD')
  await untilWords(/\| DTD \|/)
  const next = await notebook.append('1 + 1')
  expect((await notebook.run(next)).outputs.map(textOf)).toEqual(['2'])
})

test('the saved notebook holds the last choice, and a page that is loaded anew says how to go on', async () => {
  const cell = await openInspector()
  await type(cell, '23')
  await untilWords(/Test sequence 23 /)
  await untilDrawn()
  await notebook.save()
  const saved: { cells: { id: string; outputs?: { data?: Record<string, string | string[]> }[] }[] } =
    JSON.parse(readFileSync(join(lab.folder, 'notebooks', name), 'utf8'))
  const outputs = saved.cells.find(({ id }) => id === 'inspector')?.outputs ?? []
  expect(Object.keys(outputs[0]?.data ?? {}).sort()).toEqual([view, 'text/html', 'text/plain'])
  expect(String(outputs[1]?.data?.['text/plain'])).toContain('Test sequence 23 ')
  expect(String(outputs[3]?.data?.['text/plain'])).toContain('Test sequence 23 ')
  expect(outputs[1]?.data?.['image/png']).toBeTruthy()

  await notebook.page.reload()
  await notebook.goTo(notebook.page.url())
  const again = await notebook.select('inspector')
  await again.locator('.widget-dropdown').first().waitFor()
  expect(await again.textContent()).toContain('run this cell again')
  await notebook.screenshot('inspector-reloaded', 'inspector')
  expect(errorsOf(await notebook.run('inspector'))).toEqual([])
  const now = sequenceIn(await words())
  await button(again, 'next').click()
  await untilWords(new RegExp(`Test sequence ${now + 1} `))
  await untilDrawn()
})

test('what is no sequence is refused beside the field and stays there, and keys go to the next and the previous one', async () => {
  const cell = await openInspector()
  const first = sequenceIn(await words())
  for (const [typed, why] of [
    ['1.5', '“1.5” is no whole number; there are 0 to'],
    ['99999', '99999 is too large; there are 0 to'],
    ['many', '“many” is no whole number; there are 0 to'],
  ] as const) {
    await type(cell, typed)
    await expect.poll(() => word(cell).textContent()).toContain(why)
    expect(await field(cell).inputValue()).toBe(typed)
    expect(await field(cell).getAttribute('aria-invalid')).toBe('true')
  }
  await notebook.screenshot('inspector-refused', 'inspector')
  expect(sequenceIn(await words())).toBe(first)
  await field(cell).press('ArrowUp')
  await untilWords(new RegExp(`Test sequence ${first + 1} `))
  expect(await field(cell).getAttribute('aria-invalid')).toBe('false')
  await field(cell).press('ArrowDown')
  await untilWords(new RegExp(`Test sequence ${first} `))
  await notebook.page.keyboard.press('Tab')
  const focused = notebook.page.locator(':focus')
  expect(await focused.getAttribute('title')).toBe('next (n)')
  expect(await focused.evaluate((one) => getComputedStyle(one).outlineStyle)).toBe('solid')
  for (let i = 0; i < 4; i++) await notebook.page.keyboard.press('n')
  await untilWords(new RegExp(`Test sequence ${first + 4} `))
  await notebook.page.keyboard.press('p')
  await untilWords(new RegExp(`Test sequence ${first + 3} `))
  await notebook.page.keyboard.press('Enter')
  await untilWords(new RegExp(`Test sequence ${first + 4} `))
  await untilDrawn()
  // JupyterLab's own keys stay its own: b adds a cell below, z takes it back.
  const count = (await notebook.cells()).length
  await notebook.page.keyboard.press('b')
  await expect.poll(async () => (await notebook.cells()).length).toBe(count + 1)
})

test('what is seen is exported, and the code of it makes the same figure in a cell', async () => {
  const cell = await openInspector()
  await notebook.page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await choose(cell, 'Network', 'Shallow')
  await choose(cell, 'Beside it', 'Shallow, untrained')
  await choose(cell, 'Colours', 'a scale for each method')
  await untilWords(/Shallow, untrained predicts/)
  await untilDrawn()
  await cell.locator('button', { hasText: 'Export this view' }).click()
  const link = cell.locator('.thesis-explore a', { hasText: 'Download SVG' })
  await link.waitFor({ timeout: 200_000 })
  await notebook.screenshot('inspector-exported', 'inspector')
  const svg = readFileSync(await (await notebook.download(link)).path(), 'utf8')
  expect(svg).toContain('"beside":"shallow:untrained"')
  expect(svg).toContain('"scale":"method"')
  await cell.locator('button', { hasText: 'Copy as code' }).click()
  await cell.locator('.thesis-copied', { hasText: 'Copied.' }).waitFor()
  await notebook.screenshot('inspector-code', 'inspector')
  const code = await notebook.page.evaluate(() => navigator.clipboard.readText())
  expect(code).toContain('inspectorFigure')
  const copy = await notebook.run(await notebook.append(code))
  expect(errorsOf(copy)).toEqual([])
  const { outputs } = await notebook.cell('inspector')
  expect(copy.outputs[0]?.data?.[plotly]).toEqual(outputs[1]?.data?.[plotly])
  expect(copy.outputs[0]?.data?.['image/png']).toEqual(outputs[1]?.data?.['image/png'])
})

test.each([
  [700, 'Light'],
  [700, 'Dark'],
  [1100, 'Light'],
  [1100, 'Dark'],
  [1700, 'Light'],
  [1700, 'Dark'],
] as const)('at %i pixels, %s, the controls are in sight wherever the figure is', async (width, theme) => {
  const cell = await openInspector()
  await notebook.page.setViewportSize({ width, height: 1000 })
  await notebook.page.evaluate(
    (name) => window.jupyterapp?.commands.execute('apputils:change-theme', { theme: `JupyterLab ${name}` }),
    theme,
  )
  await notebook.page.evaluate(() => window.jupyterapp?.commands.execute('application:toggle-left-area'))
  for (const label of ['G×I', 'LRP-α2β1']) await tick(cell, label)
  await untilWords(/LRP-α2β1 \|/)
  await untilDrawn()
  const panel = cell.locator('.thesis-explore')
  const figure = cell.locator('.jp-OutputArea-child').nth(1)
  await figure.evaluate((node) => node.scrollIntoView({ block: 'end' }))
  await notebook.page.waitForTimeout(500)
  await notebook.page.screenshot({ path: join(lab.folder, '..', `inspector-${width}-${theme}.png`) })
  const [controls, drawn] = [await field(cell).boundingBox(), await figure.boundingBox()]
  expect(controls!.y).toBeGreaterThan(0)
  expect(controls!.y + controls!.height).toBeLessThan(1000)
  const stands = await panel.boundingBox()
  if (width === 1700) expect(stands!.x + stands!.width).toBeLessThanOrEqual(drawn!.x)
  else expect(stands!.y + stands!.height).toBeLessThan(600)
})
