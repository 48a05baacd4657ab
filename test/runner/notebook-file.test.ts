import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { formatNotebook, parseNotebook, readNotebook } from '../../src/runner/notebook-file.js'
import { temporaryFolder } from './notebooks.js'

const folder = temporaryFolder()
afterAll(folder.remove)

const file = (...cells: object[]): string =>
  JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells })

test('a notebook is written as Jupyter writes it: sorted keys, lines of text, one space', () => {
  const notebook = parseNotebook(
    file({ source: ['# T\n', 'x'], cell_type: 'markdown', metadata: {}, id: 'a' }),
  )
  expect(formatNotebook(notebook)).toBe(`{
 "cells": [
  {
   "cell_type": "markdown",
   "id": "a",
   "metadata": {},
   "source": [
    "# T\\n",
    "x"
   ]
  }
 ],
 "metadata": {},
 "nbformat": 4,
 "nbformat_minor": 5
}
`)
})

test('writing and reading again changes nothing', () => {
  const text = formatNotebook(
    parseNotebook(
      file(
        { cell_type: 'code', source: 'a\n\nb\n', metadata: { tags: ['x'] } },
        {
          cell_type: 'markdown',
          source: '',
          metadata: {},
          attachments: { 'a.png': { 'image/png': 'AA==' } },
        },
        { cell_type: 'raw', source: 'r', metadata: {} },
      ),
    ),
  )
  expect(formatNotebook(parseNotebook(text))).toBe(text)
})

test('text is split into lines, pictures and JSON are not', () => {
  const [code] = parseNotebook(file({ cell_type: 'code', source: 'x', metadata: {} })).cells
  const data = {
    'text/html': 'a\nb',
    'image/svg+xml': 'c\nd',
    'image/png': 'QQ\n',
    'application/json': { z: 1, a: 2 },
  }
  const cell = { ...code!, cell_type: 'code' as const, execution_count: 1 }
  const outputs = [{ output_type: 'display_data' as const, data, metadata: {} }]
  const saved = JSON.parse(formatNotebook({ cells: [{ ...cell, outputs }], metadata: {} }))
  expect(saved.cells[0].outputs[0].data).toEqual({
    'text/html': ['a\n', 'b'],
    'image/svg+xml': ['c\n', 'd'],
    'image/png': 'QQ\n',
    'application/json': { a: 2, z: 1 },
  })
})

test('reading drops old outputs, counts and times, and gives every cell an id', () => {
  const cell = {
    cell_type: 'code',
    source: 'x',
    metadata: { execution: { 'iopub.status.busy': '2020' }, tags: ['t'] },
    outputs: [{ output_type: 'stream' }],
    execution_count: 7,
  }
  expect(parseNotebook(file(cell, cell)).cells).toEqual([
    {
      cell_type: 'code',
      id: 'cell-1',
      source: 'x',
      metadata: { tags: ['t'] },
      outputs: [],
      execution_count: null,
    },
    {
      cell_type: 'code',
      id: 'cell-2',
      source: 'x',
      metadata: { tags: ['t'] },
      outputs: [],
      execution_count: null,
    },
  ])
})

test.each([
  ['{', 'is not a notebook'],
  ['[]', 'its JSON is not an object'],
  ['{"nbformat": 3}', 'its "nbformat" is 3, and 4 is needed'],
  ['{"nbformat": 4}', 'its "cells" is not an array'],
  ['{"nbformat": 4, "cells": [1]}', 'its cell 1 is not an object'],
  ['{"nbformat": 4, "cells": [{"cell_type": "code", "source": 5}]}', 'the source of its cell 1 is not text'],
  ['{"nbformat": 4, "cells": [{"cell_type": "odd", "source": ""}]}', 'unknown type "odd"'],
])('%s is refused', (text, message) => {
  const path = join(folder.path, 'bad.ipynb')
  writeFileSync(path, text)
  expect(() => readNotebook(path)).toThrow(message)
  expect(() => readNotebook(path)).toThrow('bad.ipynb')
})

test('reading drops the state of widgets, whose views are gone with the outputs', () => {
  const { metadata } = parseNotebook(
    JSON.stringify({
      nbformat: 4,
      metadata: { widgets: { state: {} }, kernelspec: { name: 'x' } },
      cells: [],
    }),
  )
  expect(metadata).toEqual({ kernelspec: { name: 'x' } })
})
