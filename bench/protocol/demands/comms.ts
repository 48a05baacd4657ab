import { randomUUID } from 'node:crypto'
import { isJsonObject, objectField, textField } from '../../../src/runner/json.js'
import { type Demand, expect, expectFields, expectStatus, possible, theOne } from '../demand.js'

export const comms: readonly Demand[] = [
  {
    claim: 'comm_info lists the comms',
    async check(kernel) {
      const { reply } = await kernel.request('shell', 'comm_info_request')
      expectStatus(reply, 'ok')
      expectFields(reply.content, { comms: 'object' })
    },
  },
  {
    claim: 'a comm to an unknown target is closed at once',
    async check(kernel) {
      const id = randomUUID()
      kernel.send('shell', 'comm_open', { comm_id: id, target_name: 'nobody knows it', data: {} })
      await kernel.heard(
        'iopub',
        ({ type, content }) => type === 'comm_close' && content.comm_id === id,
        'comm_close',
      )
    },
  },
  {
    claim: 'a cell opens a comm, gets messages on it and sends some',
    async check(kernel, { comm }) {
      const { published } = await kernel.execute(possible(comm, 'open a comm'))
      const opened = theOne(published, 'comm_open')
      expect(opened.target_name === 'demand', `its target is ${opened.target_name}`)
      const id = textField(opened, 'comm_id')
      const { reply } = await kernel.request('shell', 'comm_info_request', { target_name: 'demand' })
      expect(isJsonObject(objectField(reply.content, 'comms')[id]), 'comm_info does not list it')
      kernel.send('shell', 'comm_msg', { comm_id: id, data: { said: 'hello' } })
      const { content } = await kernel.heard(
        'iopub',
        ({ type, content }) => type === 'comm_msg' && content.comm_id === id,
        'the answer on the comm',
      )
      expect(
        JSON.stringify(content.data) === '{"echo":{"said":"hello"}}',
        `the answer is ${JSON.stringify(content.data)}`,
      )
    },
  },
]
