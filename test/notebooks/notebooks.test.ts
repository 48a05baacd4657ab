import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { outputsProblems } from '../../src/commands/check-outputs.js'
import { projectRoot } from '../../src/files/project-root.js'
import { objectField } from '../../src/runner/json.js'
import { readNotebook } from '../../src/runner/notebook-file.js'
import { notebookParameters, parameterise, settingsOf } from '../../src/runner/parameterise.js'
import { withoutRunRecord } from '../../src/runner/run-record.js'

const folder = join(projectRoot(), 'notebooks')
const names = readdirSync(folder).filter((name) => name.endsWith('.ipynb'))

test('the thesis has its thirteen notebooks, in order', () => {
  expect(names.filter((name) => /^\d\d-/.test(name))).toEqual([
    '01-dataset.ipynb',
    '02-architectures.ipynb',
    '03-training.ipynb',
    '04-sensitivity-analysis.ipynb',
    '05-guided-backprop.ipynb',
    '06-deep-taylor.ipynb',
    '07-heatmaps.ipynb',
    '08-evaluation.ipynb',
    '09-chance-and-controls.ipynb',
    '10-relevance-through-time.ipynb',
    '11-more-methods.ipynb',
    '12-your-own-network.ipynb',
    '13-study.ipynb',
  ])
})

describe.each(names)('%s', (name) => {
  const file = join(folder, name)
  const notebook = readNotebook(file)
  const code = notebook.cells.filter((cell) => cell.cell_type === 'code')

  test('asks one question in its first line', () => {
    expect(notebook.cells[0]!.source.split('\n')[0]).toMatch(/^# \d+ · .+\?$/)
  })

  test('has cells that fit a screen: no more code than 20 lines of 90 characters, which the formatter may break', () => {
    const size = (source: string) => source.split('\n').reduce((sum, line) => sum + line.trim().length + 1, 0)
    expect(code.filter(({ source }) => size(source) > 20 * 90).map(({ id }) => id)).toEqual([])
    // A list of imports is skimmed, whatever its length.
    const read = code.filter(({ source }) => !source.startsWith('import '))
    expect(read.filter(({ source }) => source.split('\n').length > 35).map(({ id }) => id)).toEqual([])
    const wide = code.flatMap(({ source }) => source.split('\n')).filter((line) => line.length > 120)
    expect(wide).toEqual([])
  })

  test('names every cell once', () => {
    const ids = notebook.cells.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9_-]{1,64}$/)
  })

  test('explains each of its parameters', () => {
    const parameters = notebookParameters(notebook)
    expect(parameters.length).toBeGreaterThan(0)
    for (const { name, comment, type } of parameters) {
      expect(comment, name).not.toBe('')
      expect(type.kind, name).not.toBe('unknown')
    }
  })

  test('has tiny parameters for tests that fit', () => {
    const smoke = objectField(objectField(notebook.metadata, 'thesis'), 'smoke')
    expect(Object.keys(smoke)).not.toEqual([])
    expect(() => parameterise(notebook, settingsOf(smoke))).not.toThrow()
  })

  test("runs on the project's kernel", () => {
    expect(notebook.metadata.kernelspec).toMatchObject({ name: 'tslab-thesis', language: 'typescript' })
  })

  test('has outputs of the code that it holds, as they were when it ran', () => {
    expect(outputsProblems(file), 'npm run thesis, then npm run outputs').toEqual([])
  })

  test('holds no record of its run, so that the same outputs are the same bytes', () => {
    const text = readFileSync(file, 'utf8')
    expect(text).toBe(withoutRunRecord(text))
  })

  test('stays small enough for GitHub to show', () => {
    expect(readFileSync(file).length).toBeLessThan(2_000_000)
  })
})
