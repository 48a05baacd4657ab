import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type Lab, startLab } from './lab.js'
import { errorsOf, type LabPage, textOf } from './lab-page.js'

let lab: Lab
let notebook: LabPage | undefined
beforeAll(async () => {
  lab = await startLab('reader')
})
afterEach(async () => {
  await notebook?.close()
  notebook = undefined
})
afterAll(() => lab?.close())

const open = async (name: string): Promise<LabPage> => {
  notebook = await lab.open(name)
  return notebook
}

/** The code of the parameters cell with another value. */
const withValue = (source: string, name: string, value: string): string => {
  const changed = source.replace(new RegExp(`(\\b${name}: )[^,]+?(?=,| as )`), `$1${value}`)
  if (changed === source) throw new Error(`no parameter ${name} in ${source}`)
  return changed
}

test('a changed hyperparameter changes what the cells below show', async () => {
  const page = await open('01-dataset.ipynb')
  await page.run('imports')
  await page.run('parameters')
  const before = await page.run('sequences')
  expect(errorsOf(before)).toEqual([])
  await page.edit('parameters', withValue(await page.source('parameters'), 'examples', '4'))
  expect(errorsOf(await page.run('parameters'))).toEqual([])
  const after = await page.run('sequences')
  expect(errorsOf(after)).toEqual([])
  expect(after.outputs[0]?.data?.['image/png']).not.toEqual(before.outputs[0]?.data?.['image/png'])
  await page.screenshot('hyperparameter-changed', 'sequences')
})

test('a value that is not allowed is refused with what is allowed', async () => {
  const page = await open('01-dataset.ipynb')
  await page.run('imports')
  await page.edit('parameters', withValue(await page.source('parameters'), 'stepColumns', '5'))
  const refused = await page.run('parameters')
  expect(errorsOf(refused).join()).toContain('stepColumns')
  await page.screenshot('value-refused', 'parameters')
})

test('an exported figure is three files, and its links download them', async () => {
  const page = await open('01-dataset.ipynb')
  await page.run('imports')
  await page.run('parameters')
  await page.run('sequences')
  const id = await page.append(
    `import { exportFigure } from '../src/notebook/index.js'\nawait exportFigure(examplesFigure, 'from-lab', { preset: 'single-column' })`,
  )
  expect(errorsOf(await page.run(id))).toEqual([])
  const cell = await page.select(id)
  const starts = { pdf: '%PDF-', svg: '<svg', png: '\x89PNG' }
  for (const [format, start] of Object.entries(starts)) {
    const file = join(lab.folder, 'results', 'figures', `from-lab.${format}`)
    const bytes = readFileSync(file)
    expect(bytes.subarray(0, 200).toString('latin1')).toContain(start)
    const download = await page.download(cell.locator(`a[download="from-lab.${format}"]`))
    expect(download.suggestedFilename()).toBe(`from-lab.${format}`)
    expect(readFileSync(await download.path())).toEqual(bytes)
  }
  await page.screenshot('figure-exported', id)
})

test('an interrupted training keeps what was trained, and the next cell runs', async () => {
  const page = await open('03-training.ipynb')
  const long = withValue(await page.source('parameters'), 'epochs', '400')
  await page.edit('parameters', long)
  for (const id of ['imports', 'parameters', 'values']) expect(errorsOf(await page.run(id))).toEqual([])
  await page.start('train')
  const progress = page.page.locator('.jp-Notebook:visible progress')
  await progress.waitFor()
  await page.page.waitForFunction(() => Number(document.querySelector('progress')?.value) > 0.005)
  await page.screenshot('training', 'train')
  expect((await page.cell('train')).outputs).toHaveLength(1)
  await page.interrupt()
  await page.waitUntilRun()
  const train = await page.cell('train')
  expect(errorsOf(train)).toEqual([])
  expect(train.outputs).toHaveLength(1)
  expect(train.outputs.map(textOf).join()).toContain('interrupted')
  const next = await page.run('curve')
  expect(errorsOf(next)).toEqual([])
  expect(next.outputs.map(textOf).join()).toContain('The training was interrupted')
  expect(next.outputs.some(({ data }) => data?.['image/png'] !== undefined)).toBe(true)
  const reading = await page.run('train-reading')
  expect(errorsOf(reading)).toEqual([])
  expect(reading.outputs.map(textOf).join()).toMatch(/unfinished.* of the test\s+sequences correctly/s)
  await page.screenshot('training-interrupted', 'train')
  const done = Number(/([\d.]+) of 400 epochs/.exec(train.outputs.map(textOf).join())?.[1])
  await page.start('train')
  await progress.waitFor()
  await page.page.waitForFunction(
    (least) => Number(document.querySelector('progress')?.value) > least / 400,
    done,
  )
  await page.interrupt()
  await page.waitUntilRun()
  const resumed = Number(
    /([\d.]+) of 400 epochs/.exec((await page.cell('train')).outputs.map(textOf).join())?.[1],
  )
  expect(resumed).toBeGreaterThan(done)
})

test('a training is loaded where nothing has changed, and only a changed one is trained', async () => {
  const page = await open('03-training.ipynb')
  const loaded = 'loaded from its checkpoint'
  const source = await page.source('parameters')
  const train = async (): Promise<string> => {
    for (const id of ['parameters', 'values', 'train', 'curve'])
      expect(errorsOf(await page.run(id))).toEqual([])
    return (await page.cell('train')).outputs.map(textOf).join()
  }
  await page.runAll()
  expect((await page.run('train')).outputs.map(textOf).join()).toContain(loaded)
  await page.edit('parameters', withValue(source, 'seed', '7'))
  expect(await train()).not.toContain(loaded)
  await page.edit('parameters', source)
  expect(await train()).toContain(loaded)
})

test('a restarted kernel runs all cells from the first', async () => {
  const page = await open('02-architectures.ipynb')
  await page.runAll()
  await page.restartAndRunAll()
  const cells = await page.cells()
  expect(cells.flatMap(errorsOf)).toEqual([])
  expect(cells.map(({ count }) => count)).toEqual(cells.map((_, i) => i + 1))
  await page.save()
  expect(statSync(join(lab.folder, 'notebooks', '02-architectures.ipynb')).size).toBeLessThan(1_500_000)
  await page.select('conservation')
  await page.screenshot('restarted', 'conservation')
})

test('an error shows the line of TypeScript and nothing of the kernel', async () => {
  const page = await open('01-dataset.ipynb')
  await page.run('imports')
  const types = await page.append(`const share: number = percent(0.5)`)
  const typeError = await page.run(types)
  expect(errorsOf(typeError).join()).toContain("Type 'string' is not assignable to type 'number'")
  const throws = await page.append(
    `const draw = () => {\n  throw new RangeError('nothing to draw')\n}\ndraw()`,
  )
  const thrown = await page.run(throws)
  const traceback = thrown.outputs.flatMap((output) => output.traceback ?? []).join('\n')
  expect(traceback).toContain('nothing to draw')
  expect(traceback).not.toMatch(/tslab|runner\/kernel|node:internal/)
  await page.screenshot('errors', throws)
})

test('completion knows what ../src exports', async () => {
  const page = await open('01-dataset.ipynb')
  await page.run('imports')
  const id = await page.append('deepTaylor.')
  await page.select(id)
  await page.page.keyboard.press('Control+End')
  await page.page.keyboard.press('Tab')
  const completer = page.page.locator('.jp-Completer:visible')
  await completer.waitFor()
  await page.page.waitForTimeout(500)
  await page.screenshot('completion')
  expect(await completer.textContent()).toContain('title')
})

test('long output is shown to its last line', async () => {
  const page = await open('01-dataset.ipynb')
  const id = await page.append(`for (let i = 1; i <= 3000; i++) console.log('line', i)`)
  const { outputs } = await page.run(id)
  const lines = outputs.map(textOf).join('').trim().split('\n')
  expect(lines).toHaveLength(3000)
  expect(lines.at(-1)).toBe('line 3000')
})
