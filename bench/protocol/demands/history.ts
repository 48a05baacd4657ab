import type { JsonObject } from '../../../src/runner/json.js'
import type { ProtocolClient } from '../client.js'
import { type Demand, expect, expectFields, expectStatus } from '../demand.js'

/** The entries `[session, line, input]` of the history. */
async function history(kernel: ProtocolClient, content: JsonObject): Promise<[number, number, string][]> {
  const { reply } = await kernel.request('shell', 'history_request', { output: false, raw: true, ...content })
  expectStatus(reply, 'ok')
  expectFields(reply.content, { history: 'list' })
  return reply.content.history as unknown as [number, number, string][]
}

export const historyDemands: readonly Demand[] = [
  {
    claim: 'history tail has the last cells, with their counts',
    async check(kernel, { nothing, needle }) {
      await kernel.execute(nothing)
      const { reply } = await kernel.execute(needle)
      const entries = await history(kernel, { hist_access_type: 'tail', n: 2 })
      expect(entries.length === 2, `it has ${entries.length} entries, not 2`)
      const [, line, input] = entries[1]!
      expect(input === needle, `the last one is ${JSON.stringify(input)}`)
      expect(line === reply.content.execution_count, `its line is ${line}`)
    },
  },
  {
    claim: 'history range has the cells between two counts',
    async check(kernel, { nothing, needle }) {
      const { reply } = await kernel.execute(needle)
      await kernel.execute(nothing)
      const start = Number(reply.content.execution_count)
      const entries = await history(kernel, {
        hist_access_type: 'range',
        session: 0,
        start,
        stop: start + 1,
      })
      expect(entries.length === 1, `it has ${entries.length} entries, not 1`)
      expect(entries[0]![2] === needle, `it is ${JSON.stringify(entries[0]![2])}`)
    },
  },
  {
    claim: 'history search finds cells by a pattern',
    async check(kernel, { nothing, needle }) {
      await kernel.execute(needle)
      await kernel.execute(nothing)
      const entries = await history(kernel, { hist_access_type: 'search', pattern: '*needle*', n: 1 })
      expect(entries.length === 1, `it has ${entries.length} entries, not 1`)
      expect(entries[0]![2] === needle, `it is ${JSON.stringify(entries[0]![2])}`)
    },
  },
  {
    claim: 'a cell with store_history false is not in the history',
    async check(kernel, { needle, answer }) {
      await kernel.execute(needle)
      await kernel.execute(answer, { store_history: false })
      const entries = await history(kernel, { hist_access_type: 'tail', n: 1 })
      expect(entries[0]?.[2] === needle, `the last one is ${JSON.stringify(entries[0]?.[2] ?? null)}`)
    },
  },
]
