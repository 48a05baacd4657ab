import { type Demand, expect, expectFields, expectStatus, possible, streamText } from '../demand.js'

export const stdin: readonly Demand[] = [
  {
    claim: 'a cell asks for a line of text and gets it',
    async check(kernel, { input }) {
      const id = kernel.startCell(possible(input, 'ask for input'), { allow_stdin: true })
      const request = await Promise.race([
        kernel.heard('stdin', ({ type }) => type === 'input_request', 'input_request'),
        kernel.reply(id, 'the cell'),
      ])
      expect(request.type === 'input_request', 'the cell ended without asking')
      expectFields(request.content, { prompt: 'text', password: 'boolean' })
      expect(request.parentId === id, 'input_request has another parent')
      expect(`${request.content.prompt}`.startsWith('Name?'), `the prompt is ${request.content.prompt}`)
      kernel.send('stdin', 'input_reply', { status: 'ok', value: 'Grace' }, { parent: request.header })
      const { reply, published } = await kernel.exchange(id, 'the cell')
      expectStatus(reply, 'ok')
      const text = streamText(published, 'stdout')
      expect(text === 'Grace\n', `the cell got ${JSON.stringify(text)}`)
    },
  },
  {
    claim: 'a cell that asks where it is not allowed to fails, and does not wait',
    async check(kernel, { input }) {
      const { reply } = await kernel.execute(possible(input, 'ask for input'), { allow_stdin: false })
      expectStatus(reply, 'error')
    },
  },
]
