import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type Lab, startLab } from './lab.js'
import { errorsOf, type LabPage, textOf } from './lab-page.js'

let lab: Lab
let page: LabPage
beforeAll(async () => {
  lab = await startLab('reload')
})
afterEach(() => page?.close())
afterAll(() => lab?.close())

/** Opens the training and starts it with so many epochs; the notebook is saved as it is then, the bar at its start. */
async function startTraining(epochs: number, seed: number): Promise<void> {
  page = await lab.open('03-training.ipynb')
  const source = await page.source('parameters')
  await page.edit(
    'parameters',
    source
      .replace(/(\bepochs: )[^,]+?(?=,| as )/, `$1${epochs}`)
      .replace(/(\bseed: )[^,]+?(?=,| as )/, `$1${seed}`),
  )
  for (const id of ['imports', 'parameters', 'values']) expect(errorsOf(await page.run(id))).toEqual([])
  await page.start('train')
  await untilProgress(0.002)
  await page.save()
}

const share = (): Promise<number> =>
  page.page.evaluate(() =>
    Number(document.querySelector<HTMLProgressElement>('.jp-Notebook progress')?.value ?? 0),
  )
const untilProgress = (least: number) => expect.poll(share, { timeout: 120_000 }).toBeGreaterThan(least)
const note = () => page.page.locator('.thesis-note')
const untilSaid = (words: string) =>
  expect
    .poll(() => note().allTextContents(), { timeout: 240_000 })
    .toContainEqual(expect.stringContaining(words))

test('a training goes on while the page is loaded anew: its cell says so, and shows the end', async () => {
  await startTraining(150, 3)
  await page.visit(page.page.url())
  await untilSaid('goes on')
  const before = await share()
  await untilProgress(before)
  expect((await page.cell('train')).isRunning).toBe(true)
  await page.screenshot('reload-goes-on', 'train')
  await untilSaid('has finished')
  await page.waitUntilRun()
  const train = await page.cell('train')
  expect(train).toMatchObject({ isRunning: false })
  expect(train.count).toBeGreaterThan(0)
  expect(train.outputs.map(textOf).join()).toMatch(/150 of 150 epochs · finished/)
  expect(await share()).toBe(1)
  const curves = page.page.locator('.jp-Notebook img[alt^="Curves of"]')
  expect(await curves.count()).toBe(1)
  await page.screenshot('reload-end', 'train')
  // What the cell left is there for the next ones, and a page that comes later finds the end.
  expect(errorsOf(await page.run('curve'))).toEqual([])
  await page.page.reload()
  await page.goTo(page.page.url())
  await expect.poll(async () => (await page.cell('train')).outputs.map(textOf).join()).toMatch(/finished/)
})

test('a cell whose kernel was restarted meanwhile says that it did not come to its end', async () => {
  await startTraining(1000, 4)
  const address = page.page.url()
  const kernel = await page.page.evaluate(
    () => window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.id,
  )
  await page.page.goto('about:blank')
  await lab.restartKernel(kernel!)
  await page.goTo(address)
  await untilSaid('was restarted')
  expect((await page.cell('train')).isRunning).toBe(false)
  await page.screenshot('reload-restarted', 'train')
  await page.start('train')
  await expect.poll(() => note().count()).toBe(0)
  await page.interrupt()
  await page.waitUntilRun()
})
