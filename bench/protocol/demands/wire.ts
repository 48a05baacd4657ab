import { type Demand, expect, expectStatus, streamText } from '../demand.js'

export const wire: readonly Demand[] = [
  {
    claim: 'a message with a wrong signature is not obeyed',
    async check(kernel, { mark, marked }) {
      kernel.startCell(mark, {}, { wrongKey: 'a key that the kernel does not have' })
      const { published } = await kernel.execute(marked)
      const text = streamText(published, 'stdout')
      expect(
        text === 'unmarked\n',
        text === 'marked\n' ? 'the cell ran' : `stdout has ${JSON.stringify(text)}`,
      )
    },
  },
  {
    claim: 'frames that are no message do not end the kernel',
    async check(kernel, { answer }) {
      kernel.sendFrames('shell', ['neither', 'nor'])
      kernel.sendFrames('control', ['<IDS|MSG>', '', '{', '}'])
      expectStatus((await kernel.execute(answer)).reply, 'ok')
      expect(kernel.isAlive, 'it ended')
    },
  },
  {
    claim: 'a message with binary buffers is understood',
    async check(kernel, { answer }) {
      const buffers = [Buffer.from([0, 255, 1, 254]), Buffer.alloc(100_000, 7)]
      expectStatus((await kernel.execute(answer, {}, { buffers })).reply, 'ok')
    },
  },
  {
    claim: 'a request of an unknown type does not end the kernel, nor leave it busy',
    async check(kernel, { answer }) {
      const id = kernel.send('shell', 'dance_request', {})
      expectStatus((await kernel.execute(answer)).reply, 'ok')
      const states = kernel.about(id).map(({ content }) => content.execution_state)
      expect(states.length === 0 || states.at(-1) === 'idle', `it stays ${states.at(-1)}`)
    },
  },
  {
    claim: 'a subscriber is welcomed with iopub_welcome',
    async check(kernel) {
      const { content } = await kernel.heard('iopub', ({ type }) => type === 'iopub_welcome', 'iopub_welcome')
      expect(content.subscription === '', `subscription is ${content.subscription}`)
    },
  },
]
