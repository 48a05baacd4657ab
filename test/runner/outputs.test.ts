import { expect, test } from 'vitest'
import type { JsonObject } from '../../src/runner/json.js'
import { CellOutputs, DisplayRegistry } from '../../src/runner/outputs.js'

const cell = (displays = new DisplayRegistry()): CellOutputs => new CellOutputs(displays)
const html = (text: string, id?: string): JsonObject => ({
  data: { 'text/html': text },
  metadata: {},
  transient: id ? { display_id: id } : {},
})
const shown = (text: string) => ({ output_type: 'display_data', data: { 'text/html': text }, metadata: {} })

test('text of one stream is joined, and split where another output comes between', () => {
  const outputs = cell()
  outputs.receive('stream', { name: 'stdout', text: 'a' })
  outputs.receive('stream', { name: 'stdout', text: 'b' })
  outputs.receive('stream', { name: 'stderr', text: 'c' })
  outputs.receive('stream', { name: 'stdout', text: 'd' })
  expect(outputs.list).toEqual([
    { output_type: 'stream', name: 'stdout', text: 'ab' },
    { output_type: 'stream', name: 'stderr', text: 'c' },
    { output_type: 'stream', name: 'stdout', text: 'd' },
  ])
})

test('a line that is overwritten keeps its last state', () => {
  const outputs = cell()
  outputs.receive('stream', { name: 'stdout', text: 'epoch 1\r' })
  outputs.receive('stream', { name: 'stdout', text: 'epoch 2\rdone\r\nnext\n' })
  expect(outputs.list).toEqual([{ output_type: 'stream', name: 'stdout', text: 'done\nnext\n' }])
})

test('an update replaces every display of its id, in all cells', () => {
  const displays = new DisplayRegistry()
  const [first, second] = [cell(displays), cell(displays)]
  first.receive('display_data', html('0', 'bar'))
  first.receive('display_data', html('other', 'another'))
  second.receive('display_data', html('0', 'bar'))
  second.receive('update_display_data', html('1', 'bar'))
  expect(first.list).toEqual([shown('1'), shown('other')])
  expect(second.list).toEqual([shown('1')])
})

test('an update of an unknown id shows nothing', () => {
  const outputs = cell()
  outputs.receive('update_display_data', html('1', 'gone'))
  expect(outputs.list).toEqual([])
})

test('outputs are cleared at once, or with the next output', () => {
  const outputs = cell()
  outputs.receive('display_data', html('a'))
  outputs.receive('clear_output', { wait: true })
  expect(outputs.list).toEqual([shown('a')])
  outputs.receive('display_data', html('b'))
  expect(outputs.list).toEqual([shown('b')])
  outputs.receive('clear_output', { wait: false })
  expect(outputs.list).toEqual([])
})

test('text after clearing starts anew', () => {
  const outputs = cell()
  outputs.receive('stream', { name: 'stdout', text: 'old' })
  outputs.receive('clear_output', { wait: true })
  outputs.receive('stream', { name: 'stdout', text: 'new' })
  expect(outputs.list).toEqual([{ output_type: 'stream', name: 'stdout', text: 'new' }])
})

test('errors are kept with their traceback, and found among the outputs', () => {
  const outputs = cell()
  outputs.receive('status', { execution_state: 'busy' })
  outputs.receive('error', {
    ename: 'TypeError',
    evalue: 'no',
    traceback: ['TypeError: no', '  at cell [1]:1:1'],
  })
  expect(outputs.errors).toEqual([
    {
      output_type: 'error',
      ename: 'TypeError',
      evalue: 'no',
      traceback: ['TypeError: no', '  at cell [1]:1:1'],
    },
  ])
})

test('display ids are not stored, since they differ from run to run', () => {
  const outputs = cell()
  outputs.receive('display_data', html('a', 'f00d'))
  outputs.receive('execute_result', { ...html('b', 'cafe'), execution_count: 3 })
  expect(JSON.stringify(outputs.list)).not.toMatch(/f00d|cafe|transient/)
})

test('a widget’s view is left out, since it is nothing without its kernel, and what stands for it stays', () => {
  const outputs = cell()
  const view = { 'application/vnd.jupyter.widget-view+json': { model_id: 'a' } }
  const controls = html('controls', 'id')
  outputs.receive('display_data', { ...controls, data: { ...view, 'text/html': 'controls' } })
  expect(outputs.list).toEqual([shown('controls')])
  outputs.receive('update_display_data', {
    ...html('changed', 'id'),
    data: { ...view, 'text/html': 'changed' },
  })
  expect(outputs.list).toEqual([shown('changed')])
})
