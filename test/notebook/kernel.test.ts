import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { textField } from '../../src/runner/json.js'
import type { JupyterMessage } from '../../src/runner/jupyter-message.js'
import { KernelClient } from '../../src/runner/kernel-client.js'
import { projectKernel } from '../../src/runner/kernel-spec.js'
import { CellOutputs, DisplayRegistry, type Output } from '../../src/runner/outputs.js'

describe('in the project’s kernel', () => {
  const displays = new DisplayRegistry()
  let folder: string
  let kernel: KernelClient
  beforeAll(async () => {
    const cache = join(import.meta.dirname, '..', '..', '.cache')
    mkdirSync(cache, { recursive: true })
    folder = mkdtempSync(join(cache, 'test-'))
    kernel = await KernelClient.start({ spec: projectKernel, folder })
    await run(`import * as notebook from '../../src/notebook/index.js'`)
  })
  afterAll(async () => {
    await kernel?.shutdown()
    rmSync(folder, { recursive: true, force: true })
  })

  /** Runs a cell; `interrupted` interrupts it as soon as it shows something. */
  async function run(
    code: string,
    interrupted = false,
  ): Promise<{ status: string; outputs: readonly Output[] }> {
    const outputs = new CellOutputs(displays)
    let pending = interrupted
    const reply = await kernel.execute(code, ({ type, content }) => {
      outputs.receive(type, content)
      if (pending && type === 'display_data') {
        pending = false
        kernel.interrupt()
      }
    })
    return { status: textField(reply, 'status'), outputs: outputs.list }
  }
  const only = (outputs: readonly Output[]) => {
    expect(outputs).toHaveLength(1)
    const [output] = outputs
    if (output?.output_type !== 'display_data') throw new Error(`unexpected output ${JSON.stringify(output)}`)
    return output
  }

  it('one output holds all MIME types', async () => {
    const { outputs } = await run(`notebook.showTable([{ network: 'Deep', cosine: 0.67 }])`)
    expect(Object.keys(only(outputs).data).sort()).toEqual(['text/html', 'text/markdown', 'text/plain'])
  })

  it('a control’s change is drawn in place after its cell has ended, and an error does not end the kernel', async () => {
    const messages: JupyterMessage[] = []
    const ofType = (type: string) => messages.filter((message) => message.type === type)
    const figure = `{ data: [{ type: 'bar', y: [1] }], layout: { width: 200, height: 100 }, alt: \`Bar \${at}.\` }`
    const reply = await kernel.execute(
      `await notebook.explore<{ at: number }>({
  choice: { at: 1 },
  controls: { at: { kind: 'number', label: 'At', last: () => 9 } },
  draw: async ({ at }) => {
    if (at === 7) throw new Error('not seven')
    return { text: \`at \${at}\`, figure: ${figure} }
  },
})`,
      (message) => messages.push(message),
    )
    expect(textField(reply, 'status')).toBe('ok')
    const number = ofType('comm_open').find(({ content }) => JSON.stringify(content).includes('"TextModel"'))
    const set = (value: string) =>
      kernel.tell('comm_msg', {
        comm_id: textField(number!.content, 'comm_id'),
        data: { method: 'update', state: { value }, buffer_paths: [] },
      })
    const updates = () => JSON.stringify(ofType('update_display_data').map(({ content }) => content.data))
    await set('5')
    await expect.poll(updates, { timeout: 20_000 }).toMatch(/at 5.*Bar 5/)
    await set('7')
    // The word stands beside the controls, as what a widget shows.
    const shown = () => JSON.stringify(ofType('comm_msg').map(({ content }) => content.data))
    await expect.poll(shown, { timeout: 20_000 }).toContain('not seven')
    await set('8')
    await expect.poll(updates, { timeout: 20_000 }).toMatch(/at 8.*Bar 8/)
    expect((await run('1 + 1')).status).toBe('ok')
  })

  it('an output made in one cell is updated in place from another', async () => {
    const first = new CellOutputs(displays)
    await kernel.execute(
      `const output = notebook.updatable()\noutput.update({ 'text/plain': 'first' })`,
      ({ type, content }) => first.receive(type, content),
    )
    const second = await run(`output.update({ 'text/plain': 'second' })`)
    expect(second.outputs).toEqual([])
    expect(only(first.list).data['text/plain']).toBe('second')
  })

  it('a progress display is one output whose saved state tells no time', async () => {
    const cell = `const progress = notebook.progressDisplay({ label: 'Deep', total: 2, metrics: { loss: ['loss'] } })
for (const epoch of [1, 2]) progress.update(epoch, { loss: 1 / epoch })
progress.finish()`
    const [first, second] = [await run(`{ ${cell} }`), await run(`{ ${cell} }`)]
    expect(only(second.outputs)).toEqual(only(first.outputs))
    expect(only(first.outputs).data['text/plain']).toBe(
      'Deep ████████████████████ 2 of 2 epochs · finished · loss 0.5',
    )
  })

  it('an interrupted run ends by itself and what it computed is kept; the next cell runs', async () => {
    const training = await run(
      `const pause = () => new Promise<void>((done) => setTimeout(done, 1))
const signal = notebook.interruptSignal()
await pause()
notebook.markdown('training')
while (!signal.aborted) await pause()
const trained = 'kept'`,
      true,
    )
    expect(training.status).toBe('ok')
    expect(only((await run('notebook.markdown(trained)')).outputs).data['text/markdown']).toBe('kept')
  })

  it('after an interrupted run a later cell that takes no signal can still be interrupted', async () => {
    const { status } = await run(
      `await pause()\nnotebook.markdown('waiting')\nawait new Promise(() => {})`,
      true,
    )
    expect(status).toBe('error')
  })

  it('a value of another type than its rule’s is told with its line and what is allowed', async () => {
    const { status, outputs } = await run(
      `notebook.checkParameters({ network: 'deep' }, { network: notebook.wholeNumber(1) })`,
    )
    expect(status).toBe('error')
    expect(JSON.stringify(outputs)).toContain(
      'network is \\"deep\\" in line 1: it must be a whole number of at least 1',
    )
  })

  it('parameters out of range end the cell with what is allowed', async () => {
    const { status, outputs } = await run(
      `const parameters = { epochs: 0 }\nnotebook.checkParameters(parameters, { epochs: notebook.wholeNumber(1, 500) })`,
    )
    expect(status).toBe('error')
    expect(JSON.stringify(outputs)).toContain(
      'epochs is 0 in line 1: it must be a whole number from 1 to 500',
    )
  })
})
