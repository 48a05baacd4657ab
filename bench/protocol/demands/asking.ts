import { objectField } from '../../../src/runner/json.js'
import type { ProtocolClient } from '../client.js'
import { type Demand, expect, expectFields, expectStatus, plainText } from '../demand.js'
import type { AtCursor } from '../snippets.js'

/** What the protocol counts positions in: code points, of which JavaScript's strings may have two units. */
const points = (text: string): string[] => Array.from(text)

const atCursor = ({ before, after }: AtCursor) => ({
  code: before + after,
  cursor_pos: points(before).length,
})

async function completed(kernel: ProtocolClient, place: AtCursor & { readonly completed: string }) {
  const { reply } = await kernel.request('shell', 'complete_request', atCursor(place))
  const { content } = reply
  expectStatus(reply, 'ok')
  expectFields(content, { matches: 'list', cursor_start: 'number', cursor_end: 'number', metadata: 'object' })
  const code = points(place.before + place.after)
  const [before, after] = [
    code.slice(0, Number(content.cursor_start)),
    code.slice(Number(content.cursor_end)),
  ]
  const results = (content.matches as string[]).map((match) => before.join('') + match + after.join(''))
  expect(results.length > 0, 'there are no matches')
  expect(
    results.includes(place.completed),
    `a match in its place makes ${JSON.stringify(results[0]!.slice(-40))}, none ${JSON.stringify(place.completed.slice(-20))}`,
  )
}

async function explained(kernel: ProtocolClient, place: AtCursor, detail: 0 | 1) {
  const { reply } = await kernel.request('shell', 'inspect_request', {
    ...atCursor(place),
    detail_level: detail,
  })
  expectStatus(reply, 'ok')
  expectFields(reply.content, { found: 'boolean', data: 'object', metadata: 'object' })
  return reply.content
}

export const asking: readonly Demand[] = [
  {
    claim: 'completion counts positions in code points, also after astral characters',
    async check(kernel, { preparation, completion }) {
      await kernel.execute(preparation)
      await completed(kernel, completion)
    },
  },
  {
    claim: 'completion in the middle of a cell leaves what follows',
    async check(kernel, { preparation, completionInTheMiddle }) {
      await kernel.execute(preparation)
      await completed(kernel, completionInTheMiddle)
    },
  },
  {
    claim: 'inspection finds what is at the cursor, counted in code points',
    async check(kernel, { known }) {
      const content = await explained(kernel, known, 0)
      expect(content.found === true, 'it is not found')
      expectFields(objectField(content, 'data'), { 'text/plain': 'text' })
    },
  },
  {
    claim: 'inspection of what is not there says found false',
    async check(kernel, { unknown }) {
      const content = await explained(kernel, unknown, 0)
      expect(content.found === false, 'it is found')
    },
  },
  {
    claim: 'inspection with detail_level 1 says more of a function of a cell',
    async check(kernel, { preparation, ownFunction }) {
      await kernel.execute(preparation)
      const little = await explained(kernel, ownFunction, 0)
      const much = await explained(kernel, ownFunction, 1)
      expect(little.found === true && much.found === true, 'it is not found')
      const [short, long] = [little, much].map((content) => plainText(objectField(content, 'data')).length)
      expect(long! > short!, `it has ${long} characters, and ${short} with detail_level 0`)
    },
  },
  {
    claim: 'is_complete says complete',
    async check(kernel, { complete }) {
      const { reply } = await kernel.request('shell', 'is_complete_request', { code: complete })
      expectStatus(reply, 'complete' as 'ok')
    },
  },
  {
    claim: 'is_complete says incomplete, with the indent of the next line',
    async check(kernel, { incomplete }) {
      const { reply } = await kernel.request('shell', 'is_complete_request', { code: incomplete })
      expectStatus(reply, 'incomplete' as 'ok')
      const { indent } = reply.content
      expect(
        typeof indent === 'string' && /^[ \t]+$/.test(indent),
        `indent is ${JSON.stringify(indent ?? null)}`,
      )
    },
  },
  {
    claim: 'is_complete says invalid',
    async check(kernel, { invalid }) {
      const { reply } = await kernel.request('shell', 'is_complete_request', { code: invalid })
      expectStatus(reply, 'invalid' as 'ok')
    },
  },
]
