import type { ProtocolClient } from '../client.js'
import { type Demand, expect, expectFields, expectStatus, possible, streamText } from '../demand.js'

/** Throws unless a cell asks when it may, and prints the answer. */
async function expectToAsk(kernel: ProtocolClient, code: string): Promise<void> {
  const id = kernel.startCell(code, { allow_stdin: true })
  const request = await Promise.race([
    kernel.heard(
      'stdin',
      ({ type, parentId }) => type === 'input_request' && parentId === id,
      'input_request about the cell',
    ),
    kernel.reply(id, 'the cell'),
  ])
  expect(request.type === 'input_request', 'the cell ended without asking')
  expectFields(request.content, { prompt: 'text', password: 'boolean' })
  expect(`${request.content.prompt}`.startsWith('Name?'), `the prompt is ${request.content.prompt}`)
  kernel.send('stdin', 'input_reply', { status: 'ok', value: 'Grace' }, { parent: request.header })
  const { reply, published } = await kernel.exchange(id, 'the cell')
  expectStatus(reply, 'ok')
  const text = streamText(published, 'stdout')
  expect(text === 'Grace\n', `the cell got ${JSON.stringify(text)}`)
}

export const stdin: readonly Demand[] = [
  {
    claim: 'a cell asks for a line of text and gets it',
    check: (kernel, { input }) => expectToAsk(kernel, possible(input, 'ask for input')),
  },
  {
    claim: 'a cell that asks where it is not allowed to fails, and does not wait',
    async check(kernel, { input }) {
      const code = possible(input, 'ask for input')
      // Else a cell that fails for another reason would do.
      await expectToAsk(kernel, code)
      const { reply } = await kernel.execute(code, { allow_stdin: false })
      expectStatus(reply, 'error')
    },
  },
]
