import { objectField } from '../../../src/runner/json.js'
import {
  type Demand,
  expect,
  expectFields,
  expectStatus,
  ofType,
  possible,
  streamText,
  theOne,
} from '../demand.js'

export const outputs: readonly Demand[] = [
  {
    claim: 'what a cell writes is published as the stream stdout, before idle',
    async check(kernel, { stdout }) {
      const { published } = await kernel.execute(stdout)
      const text = streamText(published, 'stdout')
      expect(text === 'to stdout\n', `stdout has ${JSON.stringify(text)}`)
    },
  },
  {
    claim: 'what a cell writes to standard error is published as the stream stderr',
    async check(kernel, { stderr }) {
      const { published } = await kernel.execute(stderr)
      const text = streamText(published, 'stderr')
      expect(text === 'to stderr\n', `stderr has ${JSON.stringify(text)}`)
    },
  },
  {
    claim: 'what a process writes that inherits standard output is published',
    async check(kernel, { subprocess }) {
      const { reply } = await kernel.execute(subprocess)
      expectStatus(reply, 'ok')
      await kernel.heard(
        'iopub',
        ({ type, content }) => type === 'stream' && `${content.text}`.includes('from a subprocess'),
        "the subprocess's output",
      )
    },
  },
  {
    claim: 'a cell shows HTML as display_data',
    async check(kernel, { display }) {
      const { published } = await kernel.execute(possible(display, 'show HTML'))
      const shown = theOne(published, 'display_data')
      expectFields(shown, { data: 'object', metadata: 'object' })
      expect(objectField(shown, 'data')['text/html'] === '<b>shown</b>', 'text/html is something else')
    },
  },
  {
    claim: 'a display is replaced in place by update_display_data with its display_id',
    async check(kernel, { update }) {
      const { published } = await kernel.execute(possible(update, 'replace what they showed'))
      const [first, second] = ['display_data', 'update_display_data'].map((type) => theOne(published, type))
      const [id, again] = [first!, second!].map((shown) => objectField(shown, 'transient').display_id)
      expect(typeof id === 'string' && id !== '', 'the display has no display_id')
      expect(again === id, `the update has the display_id ${again}`)
      const text = objectField(second!, 'data')['text/plain']
      expect(text === 'second', `the update shows ${JSON.stringify(text)}`)
    },
  },
  {
    claim: 'a cell clears its output by clear_output',
    async check(kernel, { clear }) {
      const { published } = await kernel.execute(possible(clear, 'clear their output'))
      const cleared = theOne(published, 'clear_output')
      expect(cleared.wait === false, `wait is ${JSON.stringify(cleared.wait ?? null)}`)
      const [stream, clearing] = ['stream', 'clear_output'].map((type) =>
        published.indexOf(ofType(published, type)[0]!),
      )
      expect(stream! >= 0 && stream! < clearing!, 'it came before the output')
    },
  },
]
