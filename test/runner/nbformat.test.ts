import { expect, test } from 'vitest'
import { formatNotebook, parseNotebook } from '../../src/runner/notebook-file.js'
import { nbformatProblems } from './nbformat.js'

const code = (id?: unknown, more: object = {}) => ({
  cell_type: 'code',
  ...(id === undefined ? {} : { id }),
  metadata: {},
  source: '1',
  outputs: [],
  execution_count: null,
  ...more,
})
const markdown = (id?: unknown, more: object = {}) => ({
  cell_type: 'markdown',
  ...(id === undefined ? {} : { id }),
  metadata: {},
  source: ['# T\n', 'x'],
  ...more,
})
const file = (cells: object[], more: object = {}) =>
  JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells, ...more })
const saved = (text: string) => JSON.parse(formatNotebook(parseNotebook(text)))
const idsOf = (text: string): string[] => saved(text).cells.map(({ id }: { id: string }) => id)

test.each([
  ['ids twice', file([code('a'), markdown('a'), code('a')])],
  ['no ids', file([code(), markdown()])],
  ['some ids', file([code(), markdown('cell-1'), code('cell-1'), code()])],
  [
    'ids that are none',
    file([code(''), code('a b'), code('x'.repeat(65)), code(7), markdown('é'), code(null)]),
  ],
  ['ids before there were any', file([code('a'), code('a')], { nbformat_minor: 4 })],
  ['an older minor version without ids', file([code(), markdown()], { nbformat_minor: 2 })],
  ['no minor version', file([code()], { nbformat_minor: undefined })],
  ['a minor version that is none', file([code()], { nbformat_minor: 'five' })],
  ['a later minor version', file([code()], { nbformat_minor: 6 })],
  ['cells without metadata, outputs and counts', file([{ cell_type: 'code', source: '1' }])],
  ['fields of code in a cell of text', file([markdown('a', { outputs: [], execution_count: 3 })])],
  ['attachments in a cell of code', file([code('a', { attachments: {} })])],
])('a notebook with %s is saved as valid nbformat', (_, text) => {
  expect(nbformatProblems(saved(text))).toEqual([])
})

test('ids that are valid stay, and others are called by their place', () => {
  expect(idsOf(file([code('a'), code('a'), code(), code('cell-3'), code('_-9')]))).toEqual([
    'a',
    'cell-2',
    'cell-3-2',
    'cell-3',
    '_-9',
  ])
})

test('a notebook of a later minor version keeps it, and an older one becomes 4.5', () => {
  expect(saved(file([], { nbformat_minor: 6 })).nbformat_minor).toBe(6)
  expect(saved(file([], { nbformat_minor: 4 })).nbformat_minor).toBe(5)
})

test('fields that nbformat does not know are kept, of the notebook, of cells and of outputs that stay', () => {
  const outputs = [{ output_type: 'stream', name: 'stdout', text: ['kept\n'], origin: 'elsewhere' }]
  const skipped = code('b', {
    metadata: { tags: ['skip-execution'] },
    outputs,
    execution_count: 3,
    note: [1],
  })
  const text = file([markdown('a', { pinned: true }), skipped], { comments: { author: 'A' } })
  expect(saved(text)).toEqual(JSON.parse(text.replace('"source":"1"', '"source":["1"]')))
})

test('the check itself names what is wrong', () => {
  const bad = { output_type: 'execute_result', data: {}, metadata: {} }
  expect(nbformatProblems(JSON.parse(file([code(), code('a', { outputs: [bad] })])))).toEqual([
    'cell 1: its id is undefined',
    'cell 2: its output 1 lacks a field of its type',
  ])
})
