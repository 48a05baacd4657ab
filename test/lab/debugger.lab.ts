import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type Lab, startLab } from './lab.js'
import { type LabPage, textOf } from './lab-page.js'

let lab: Lab
let notebook: LabPage | undefined
beforeAll(async () => {
  lab = await startLab('debugger')
})
afterEach(() => notebook?.close())
afterAll(() => lab?.close())

const code = `interface Item { label: string; relevance: number }

const total = (items: readonly Item[]): number => {
  let sum = 0
  for (const { relevance } of items) sum += relevance
  return sum
}
total([{ label: 'bag', relevance: 0.7 }, { label: 'boot', relevance: 0.3 }])`

test('the debugger stops in a TypeScript cell, shows its variables, and lets it go on', async () => {
  notebook = await lab.open('01-dataset.ipynb')
  const { page } = notebook
  const id = await notebook.append(code)
  await page.locator('.jp-NotebookPanel:visible .jp-DebuggerBugButton').click()
  const cell = await notebook.select(id)
  // Line 6, from 1; the first element of a gutter has no line.
  const line = cell.locator('.cm-breakpoint-gutter .cm-gutterElement').nth(6)
  await line.waitFor()
  await line.click()
  await expect.poll(() => page.locator('.jp-DebuggerBreakpoint').count()).toBe(1)
  await cell.locator('.cm-content').click()
  await page.keyboard.press('Control+Enter')

  const frames = page.locator('.jp-DebuggerCallstackFrame, .jp-DebuggerCallstack-body li')
  await expect.poll(() => frames.allTextContents(), { timeout: 30_000 }).toHaveLength(2)
  expect((await frames.allTextContents())[0]).toContain('total')
  const variables = page.locator('.jp-DebuggerVariables')
  await expect.poll(() => variables.textContent(), { timeout: 30_000 }).toBe('itemsArray(2)sum1')
  await notebook.screenshot('debugger')

  await page.evaluate(() => window.jupyterapp?.commands.execute('debugger:continue'))
  await notebook.waitUntilRun()
  const { outputs } = await notebook.cell(id)
  expect(outputs.map(textOf)).toEqual(['1'])
})
