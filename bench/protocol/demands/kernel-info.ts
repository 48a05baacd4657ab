import { isJsonObject, objectField } from '../../../src/runner/json.js'
import { type Demand, expect, expectFields, expectStatus } from '../demand.js'

export const kernelInfo: readonly Demand[] = [
  {
    claim: 'kernel_info names the protocol 5, the implementation and the language',
    async check(kernel, { extension }) {
      const { reply } = await kernel.request('shell', 'kernel_info_request')
      const { content } = reply
      expectStatus(reply, 'ok')
      expectFields(content, {
        protocol_version: 'text',
        implementation: 'text',
        implementation_version: 'text',
        banner: 'text',
        language_info: 'object',
      })
      expect(
        /^5\.\d/.test(`${content.protocol_version}`),
        `protocol_version is ${JSON.stringify(content.protocol_version)}`,
      )
      const language = objectField(content, 'language_info')
      expectFields(language, { name: 'text', version: 'text', mimetype: 'text', file_extension: 'text' })
      expect(language.file_extension === extension, `file_extension is ${language.file_extension}`)
    },
  },
  {
    claim: 'kernel_info is answered on control as on shell',
    async check(kernel) {
      const reply = await kernel.reply(
        kernel.send('control', 'kernel_info_request', {}),
        'kernel_info_request',
      )
      expectFields(reply.content, { protocol_version: 'text', language_info: 'object' })
    },
  },
  {
    claim: 'every message has a header with all fields, and an id of its own',
    async check(kernel, { stdout }) {
      const { reply, published } = await kernel.execute(stdout)
      const headers = [reply, ...published].map(({ header }) => header)
      for (const header of headers) {
        expectFields(header, {
          msg_id: 'text',
          msg_type: 'text',
          session: 'text',
          username: 'text',
          date: 'text',
          version: 'text',
        })
        expect(
          !Number.isNaN(Date.parse(`${header.date}`)) && /^\d{4}-\d\d-\d\dT/.test(`${header.date}`),
          `the date of ${header.msg_type} is ${header.date}, not ISO 8601`,
        )
      }
      expect(new Set(headers.map(({ msg_id: id }) => id)).size === headers.length, 'two have one msg_id')
    },
  },
  {
    claim: 'busy and idle enclose what is published about a request, which is the parent of all of it',
    async check(kernel, { stdout, complete }) {
      const requests = [
        () => kernel.request('shell', 'kernel_info_request'),
        () => kernel.execute(stdout),
        () => kernel.request('shell', 'is_complete_request', { code: complete }),
      ]
      for (const request of requests) {
        const { id, reply, published } = await request()
        const what = reply.type
        const states = published.map(({ type, content }) =>
          type === 'status' ? content.execution_state : type,
        )
        expect(states[0] === 'busy', `before ${what} came ${states[0] ?? 'nothing'}, not busy`)
        expect(states.at(-1) === 'idle', `after ${what} came ${states.at(-1) ?? 'nothing'}, not idle`)
        for (const { parent, type } of [reply, ...published]) {
          expect(isJsonObject(parent) && parent.msg_id === id, `${type} has another parent`)
          expectFields(parent, { msg_type: 'text', session: 'text', date: 'text' })
        }
      }
    },
  },
]
