import { createRequire } from 'node:module'
import { beforeEach, describe, expect, test } from 'vitest'
import type { KeptExecution, Message } from '../../src/runner/kernel/kernel-types.js'

interface Kept {
  requested(request: Message): void
  published(message: Message): void
  list(): KeptExecution[]
}
const { KeptExecutions }: { KeptExecutions: new () => Kept } = createRequire(import.meta.url)(
  '../../src/runner/kernel/kept-executions.cjs',
)

const message = (type: string, content: object, more: Partial<Message> = {}): Message => ({
  identities: [],
  header: { msg_id: '', msg_type: type, session: 'page', username: '', date: '', version: '' },
  parent: {},
  metadata: {},
  content,
  buffers: [],
  ...more,
})

let kept: Kept
beforeEach(() => {
  kept = new KeptExecutions()
})

function run(cell: string, request: string, content: object = {}): void {
  const { header } = message('execute_request', {})
  kept.requested(
    message(
      'execute_request',
      { code: `// ${cell}`, ...content },
      { metadata: { cellId: cell }, header: { ...header, msg_id: request } },
    ),
  )
}
const publish = (request: string, type: string, content: object): void =>
  kept.published(message(type, content, { parent: { msg_id: request } }))
const shown = (id: string, text: string) => ({
  data: { 'text/plain': text },
  metadata: {},
  transient: { display_id: id },
})

describe('what a page that was loaded anew is told of a cell', () => {
  test('is how it stands and each output once, as it is now', () => {
    run('train', 'r1')
    expect(kept.list()).toMatchObject([
      { cell: 'train', session: 'page', state: 'waiting', count: null, outputs: [] },
    ])
    publish('r1', 'execute_input', { code: '', execution_count: 3 })
    publish('r1', 'display_data', shown('bar', '10 %'))
    publish('r1', 'stream', { name: 'stdout', text: 'a' })
    publish('r1', 'stream', { name: 'stdout', text: 'b' })
    publish('r1', 'update_display_data', shown('bar', '50 %'))
    expect(kept.list()).toMatchObject([
      {
        state: 'running',
        count: 3,
        hasFailed: false,
        outputs: [
          { type: 'display_data', content: { data: { 'text/plain': '50 %' } } },
          { type: 'stream', content: { text: 'ab' } },
        ],
      },
    ])
    publish('r1', 'error', { ename: 'Error', evalue: '', traceback: [] })
    publish('r1', 'status', { execution_state: 'idle' })
    expect(kept.list()).toMatchObject([{ state: 'ended', hasFailed: true }])
  })

  test('is its last execution alone', () => {
    run('train', 'r1')
    publish('r1', 'display_data', shown('bar', 'old'))
    run('train', 'r2')
    publish('r1', 'display_data', shown('late', 'of the old one'))
    expect(kept.list()).toMatchObject([{ request: 'r2', outputs: [] }])
  })

  test('has what a later cell made of a display', () => {
    run('figure', 'r1')
    publish('r1', 'display_data', shown('picture', 'first'))
    run('change', 'r2')
    publish('r2', 'update_display_data', shown('picture', 'second'))
    expect(kept.list()[0]!.outputs).toMatchObject([{ content: { data: { 'text/plain': 'second' } } }])
  })

  test('lacks what the cell cleared, at once or with its next output', () => {
    run('steps', 'r1')
    publish('r1', 'stream', { name: 'stdout', text: 'one' })
    publish('r1', 'clear_output', { wait: true })
    expect(kept.list()[0]!.outputs).toHaveLength(1)
    publish('r1', 'stream', { name: 'stdout', text: 'two' })
    expect(kept.list()[0]!.outputs).toMatchObject([{ content: { text: 'two' } }])
    publish('r1', 'clear_output', { wait: false })
    expect(kept.list()[0]!.outputs).toEqual([])
  })

  test('is nothing for silent requests and those without a cell', () => {
    run('quiet', 'r1', { silent: true })
    kept.requested(message('execute_request', { code: '1' }))
    expect(kept.list()).toEqual([])
  })
})
