import { createRequire } from 'node:module'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type JsonObject, objectField, textField } from '../../src/runner/json.js'
import type { JupyterMessage } from '../../src/runner/jupyter-message.js'
import { KernelClient } from '../../src/runner/kernel-client.js'
import { projectKernel } from '../../src/runner/kernel-spec.js'
import { NOTEBOOK_FOLDER } from './notebooks.js'

interface Comms {
  cellStarts(cellId?: string, deletedCells?: readonly string[]): void
  info(content: JsonObject): { readonly comms: JsonObject }
  receive(type: string, content: JsonObject): void
}
type CreateComms = (
  publish: (type: string, content: JsonObject, metadata?: JsonObject) => void,
  log: (text: string) => void,
) => Comms
const { createComms }: { createComms: CreateComms } = createRequire(import.meta.url)(
  '../../src/runner/kernel/comms.cjs',
)

describe('comms', () => {
  const published: { type: string; content: JsonObject }[] = []
  const logged: string[] = []
  const closed: string[] = []
  let comms: Comms
  beforeEach(() => {
    for (const list of [published, logged, closed]) list.length = 0
    comms = createComms(
      (type, content) => published.push({ type, content }),
      (text) => logged.push(text),
    )
  })
  const open = (name: string) =>
    Reflect.get(globalThis, Symbol.for('thesis.comms')).open({
      target: 'jupyter.widget',
      data: {},
      onMessage: () => {
        throw new Error(`${name} fails`)
      },
      onClose: () => closed.push(name),
    })

  test('of a cell end when it runs again or is gone, and those of other cells stay', () => {
    for (const cell of ['first', 'second', 'third']) {
      comms.cellStarts(cell)
      open(cell)
    }
    comms.cellStarts('first')
    expect(closed).toEqual(['first'])
    comms.cellStarts('fourth', ['third'])
    expect(closed).toEqual(['first', 'third'])
    expect(Object.keys(comms.info({}).comms)).toHaveLength(1)
    expect(published.filter(({ type }) => type === 'comm_close')).toHaveLength(2)
  })

  test('stay where the browser names no cells', () => {
    comms.cellStarts()
    open('one')
    comms.cellStarts()
    expect(closed).toEqual([])
  })

  test('are told once of their end, and send nothing after it', () => {
    const comm = open('one')
    comm.close()
    comm.close()
    comms.receive('comm_close', { comm_id: comm.id })
    comm.send({ late: true })
    expect(closed).toEqual(['one'])
    expect(published.map(({ type }) => type)).toEqual(['comm_open', 'comm_close'])
  })

  test('whose handler throws are logged and go on', () => {
    const comm = open('one')
    comms.receive('comm_msg', { comm_id: comm.id, data: {} })
    expect(logged.join()).toContain('one fails')
    expect(Object.keys(comms.info({ target_name: 'jupyter.widget' }).comms)).toEqual([comm.id])
  })

  test('that the browser opens are closed at once, since nobody here listens', () => {
    comms.receive('comm_open', { comm_id: 'theirs', target_name: 'jupyter.widget.control' })
    comms.receive('comm_msg', { comm_id: 'theirs', data: {} })
    expect(published).toEqual([{ type: 'comm_close', content: { comm_id: 'theirs', data: {} } }])
  })
})

describe('in a kernel', () => {
  let kernel: KernelClient
  const messages: JupyterMessage[] = []
  const run = (code: string) => kernel.execute(code, (message) => messages.push(message))
  const ofType = (wanted: string) => messages.filter(({ type }) => type === wanted)
  beforeAll(async () => {
    kernel = await KernelClient.start({ spec: projectKernel, folder: NOTEBOOK_FOLDER })
  })
  afterAll(() => kernel?.shutdown())

  test('a comm is announced, listed, answered and closed', async () => {
    await run(`const seen: unknown[] = []
const service = Reflect.get(globalThis, Symbol.for('thesis.comms'))
const comm = service.open({
  target: 'echo', data: { hello: 1 }, metadata: { version: '2.1.0' },
  onMessage: (data: unknown) => { seen.push(data); comm.send({ echo: data }) },
})`)
    const [opened] = ofType('comm_open')
    expect(opened?.content).toMatchObject({ target_name: 'echo', data: { hello: 1 } })
    const id = textField(opened!.content, 'comm_id')
    const listed = await kernel.ask('comm_info_request', { target_name: 'echo' })
    expect(listed).toEqual({ status: 'ok', comms: { [id]: { target_name: 'echo' } } })
    expect(objectField(await kernel.ask('comm_info_request', { target_name: 'other' }), 'comms')).toEqual({})

    const answers: JupyterMessage[] = []
    await kernel.tell('comm_msg', { comm_id: id, data: { n: 2 } }, (message) => answers.push(message))
    const answer = answers.find(({ type }) => type === 'comm_msg')
    expect(answer?.content).toEqual({ comm_id: id, data: { echo: { n: 2 } } })
    expect(answers.map(({ content }) => content.execution_state).filter(Boolean)).toEqual(['busy', 'idle'])

    await kernel.tell('comm_close', { comm_id: id, data: {} })
    await kernel.tell('comm_msg', { comm_id: id, data: { n: 3 } })
    await run('JSON.stringify(seen)')
    expect(ofType('execute_result').at(-1)?.content.data).toEqual({ 'text/plain': '[{"n":2}]' })
    expect(objectField(await kernel.ask('comm_info_request'), 'comms')).toEqual({})
  })
})
