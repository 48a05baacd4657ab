import { type JsonObject, objectField, textField } from '../../src/runner/json.js'
import { KernelClient, type MessageSink } from '../../src/runner/kernel-client.js'
import { projectKernel } from '../../src/runner/kernel-spec.js'
import { CellOutputs, DisplayRegistry, type ErrorOutput, type Output } from '../../src/runner/outputs.js'
import { NOTEBOOK_FOLDER } from './notebooks.js'

/** A cell that was run. */
export interface CellRun {
  readonly status: string
  readonly outputs: CellOutputs
  readonly reply: JsonObject
}

/** The text of an output. */
export const textOf = (output: Output | undefined): string => {
  if (output?.output_type === 'stream') return output.text
  if (output?.output_type === 'error') return output.traceback.join('\n')
  return output ? String(output.data['text/plain'] ?? output.data['text/html']) : ''
}

/** A kernel of the project, as tests use one. */
export class TestKernel {
  readonly #displays = new DisplayRegistry()

  private constructor(readonly client: KernelClient) {}

  static async start(
    folder = NOTEBOOK_FOLDER,
    env: Readonly<Record<string, string>> = {},
  ): Promise<TestKernel> {
    return new TestKernel(await KernelClient.start({ spec: projectKernel, folder, env }))
  }

  /** Runs a cell; `onOutput` is called with the type of each message about it. */
  async run(
    code: string,
    onOutput: (type: string, content: JsonObject) => void = () => {},
    options: Parameters<KernelClient['execute']>[2] = {},
  ): Promise<CellRun> {
    const outputs = new CellOutputs(this.#displays)
    const sink: MessageSink = ({ type, content }) => {
      outputs.receive(type, content)
      onOutput(type, content)
    }
    const reply = await this.client.execute(code, sink, options)
    return { status: textField(reply, 'status'), outputs, reply }
  }

  /** Runs a cell that must succeed, and returns the text it shows. */
  async show(code: string): Promise<string> {
    const { status, outputs } = await this.run(code)
    const text = outputs.list.map(textOf).join('')
    if (status !== 'ok') throw new Error(`${code}\n${text}`)
    return text
  }

  /** Runs a cell that must fail, and returns the error it shows. */
  async fail(code: string): Promise<ErrorOutput> {
    const { status, outputs } = await this.run(code)
    if (status !== 'error') throw new Error(`${code}\nended ${status}`)
    return outputs.errors[0]!
  }

  /** Runs a cell and interrupts it when it first writes something. */
  interruptAtOutput(code: string): Promise<CellRun> {
    let isDone = false
    return this.run(code, (type) => {
      if (type === 'stream' && !isDone) this.client.interrupt()
      isDone ||= type === 'stream'
    })
  }

  /** What an editor is told of a place; by default the end of the code. */
  inspect(code: string, cursor = [...code].length, detail = 0): Promise<JsonObject> {
    return this.client.ask('inspect_request', { code, cursor_pos: cursor, detail_level: detail })
  }

  complete(code: string, cursor = [...code].length): Promise<JsonObject> {
    return this.client.ask('complete_request', { code, cursor_pos: cursor })
  }

  /** The signature that inspecting a name shows; null where it is not found. */
  async typeOf(name: string): Promise<string | null> {
    const reply = await this.inspect(name)
    return reply.found === true ? String(objectField(reply, 'data')['text/plain']) : null
  }

  shutdown(): Promise<void> {
    return this.client.shutdown()
  }
}
