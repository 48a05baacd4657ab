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
  for (const id of ['imports', 'parameters', 'inspector'])
    expect(errorsOf(await notebook.run(id))).toEqual([])
  const cell = await notebook.select('inspector')
  await cell.locator('.widget-dropdown').first().waitFor()
  return cell
}

/** The text over the figure. */
const words = async (): Promise<string> => {
  const { outputs } = await notebook.cell('inspector')
  return outputs[1] ? textOf(outputs[1]) : ''
}

const untilWords = (pattern: RegExp) => expect.poll(words, { timeout: 60_000 }).toMatch(pattern)

/** Waits until the page shows the picture of what the words are about. */
async function untilDrawn(): Promise<void> {
  const isDrawn = async (): Promise<boolean> => {
    const about = /Test sequence \d+ of [\w-]+/.exec(await words())?.[0] ?? '?'
    const figure = (await notebook.cell('inspector')).outputs[2]
    if (figure?.data?.['image/png'] === undefined || !textOf(figure).startsWith(about)) return false
    const shown = notebook.page.locator('.jp-Notebook:visible .thesis-figure-drawing').last()
    return (figure.data[liveMimeType] as { id: string }).id === (await shown.getAttribute('data-figure'))
  }
  await expect.poll(isDrawn, { timeout: 60_000 }).toBe(true)
}

const sequenceIn = (text: string): number => Number(/Test sequence (\d+)/.exec(text)?.[1])
const choose = (cell: Locator, label: string, option: string) =>
  cell.locator('.widget-dropdown', { hasText: label }).locator('select').selectOption(option)
const tick = (cell: Locator, label: string) =>
  cell.locator('.widget-checkbox', { hasText: label }).locator('input').click()
const button = (cell: Locator, title: string) => cell.locator(`button[title="${title}"]`)

test('the inspector follows its controls', async () => {
  const cell = await openInspector()
  const first = await words()
  await notebook.screenshot('inspector', 'inspector')
  await cell.locator('.thesis-figure .main-svg').first().waitFor()
  await button(cell, 'next').click()
  await untilWords(new RegExp(`Test sequence ${sequenceIn(first) + 1} `))
  await button(cell, 'previous').click()
  await untilWords(new RegExp(`Test sequence ${sequenceIn(first)} `))
  await cell.locator('input[type=number]').fill('17')
  await cell.locator('input[type=number]').press('Enter')
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
  expect(outputs).toHaveLength(4)
  expect(Object.keys(outputs[2]?.data ?? {}).sort()).toEqual([
    plotly,
    liveMimeType,
    'image/png',
    'text/plain',
  ])
  expect(await cell.locator('details', { hasText: 'Text alternative' }).textContent()).toContain(
    textOf(outputs[2]!),
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
  await untilWords(/no method is chosen/)
  await notebook.screenshot('inspector-error', 'inspector')
  await tick(cell, 'DTD')
  await untilWords(/\| DTD \|/)
  const next = await notebook.append('1 + 1')
  expect((await notebook.run(next)).outputs.map(textOf)).toEqual(['2'])
})

test('the saved notebook holds the last choice, and a page that is loaded anew says how to go on', async () => {
  const cell = await openInspector()
  await cell.locator('input[type=number]').fill('23')
  await cell.locator('input[type=number]').press('Enter')
  await untilWords(/Test sequence 23 /)
  await untilDrawn()
  await notebook.save()
  const saved: { cells: { id: string; outputs?: { data?: Record<string, string | string[]> }[] }[] } =
    JSON.parse(readFileSync(join(lab.folder, 'notebooks', name), 'utf8'))
  const outputs = saved.cells.find(({ id }) => id === 'inspector')?.outputs ?? []
  expect(Object.keys(outputs[0]?.data ?? {}).sort()).toEqual([view, 'text/html', 'text/plain'])
  expect(String(outputs[1]?.data?.['text/plain'])).toContain('Test sequence 23 ')
  expect(String(outputs[2]?.data?.['text/plain'])).toContain('Test sequence 23 ')
  expect(outputs[2]?.data?.['image/png']).toBeTruthy()

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
