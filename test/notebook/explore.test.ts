import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Figure } from '../../src/figures/kit/figure.js'
import { type ExploreOptions, explore } from '../../src/notebook/explore.js'
import { type FakeComms, startFakeComms } from './fake-comms.js'
import { type FakeKernel, startFakeKernel } from './fake-kernel.js'

interface Choice {
  readonly at: number
  readonly kind: string
  readonly parts: readonly string[]
  readonly odd: boolean
}

const first: Choice = { at: 3, kind: 'b', parts: ['x'], odd: false }

const figure = (alt: string): Figure => ({
  data: [{ type: 'bar', y: [1] }],
  layout: { width: 200, height: 100, font: { family: 'CMU Serif', size: 11 } },
  alt,
})

/** Explores numbers; what was drawn is kept. */
async function start(changes: Partial<ExploreOptions<Choice>> = {}): Promise<Choice[]> {
  const drawn: Choice[] = []
  await explore<Choice>({
    choice: first,
    controls: {
      at: {
        kind: 'number',
        label: 'At',
        last: ({ kind }) => (kind === 'a' ? 5 : 9),
        move: async ({ at, odd }, by) => {
          const next = at + (odd ? 2 * by : by)
          return next >= 0 && next <= 9 ? next : null
        },
      },
      kind: {
        kind: 'one',
        label: 'Kind',
        options: ({ at }) => ['a', 'b'].map((value) => ({ value, label: `${value}${at}` })),
      },
      parts: { kind: 'several', label: 'Parts', options: ['x', 'y'].map((v) => ({ value: v, label: v })) },
      odd: { kind: 'flag', label: 'odd' },
    },
    draw: async (choice) => {
      if (choice.parts.length === 0) throw new RangeError('no <parts>')
      drawn.push(choice)
      return { text: `at ${choice.at}`, figure: figure(`Figure at ${choice.at}.`) }
    },
    ...changes,
  })
  return drawn
}

let kernel: FakeKernel
let comms: FakeComms
beforeEach(() => {
  kernel = startFakeKernel()
  comms = startFakeComms()
})
afterEach(() => {
  kernel.stop()
  comms.stop()
})

const update = (model: string, part: object, state: object) =>
  comms.find(model, { ...part }).receive({ method: 'update', state: { ...state } })
const click = (tooltip: string) =>
  comms.find('ButtonModel', { tooltip }).receive({ method: 'custom', content: { event: 'click' } })
const words = () => String(kernel.outputs[1]!.data['text/plain'])
const untilWords = (text: string) => expect.poll(words).toContain(text)

test('the cell shows controls with a text for viewers without a kernel, the words and the figure of the first choice', async () => {
  expect(await start()).toEqual([first])
  const [controls, text, picture] = kernel.outputs
  expect(Object.keys(controls!.data).sort()).toEqual([
    'application/vnd.jupyter.widget-view+json',
    'text/html',
    'text/plain',
  ])
  expect(controls!.data['application/vnd.jupyter.widget-view+json']).toMatchObject({
    model_id: comms.open.find(
      (comm) => comm.state()._model_name === 'BoxModel' && comm.id === comms.open.at(-1)!.id,
    )?.id,
  })
  expect(text!.data['text/markdown']).toBe('at 3')
  expect(picture!.data['text/plain']).toBe('Figure at 3.')
  expect(picture!.data['image/png']).toBeDefined()
  expect(comms.find('BoundedIntTextModel').state()).toMatchObject({ value: 3, max: 9 })
  expect(comms.find('DropdownModel').state()).toMatchObject({ index: 1, _options_labels: ['a3', 'b3'] })
})

test('every reference of a widget to another is to one that exists', async () => {
  await start()
  const ids = new Set(comms.open.map(({ id }) => `IPY_MODEL_${id}`))
  const references = JSON.stringify(comms.open.map((comm) => comm.state())).match(/IPY_MODEL_\w+/g)!
  expect(references.length).toBeGreaterThan(10)
  expect(references.filter((reference) => !ids.has(reference))).toEqual([])
})

test('what the reader sets is drawn in place', async () => {
  const drawn = await start()
  update('DropdownModel', {}, { index: 0 })
  await untilWords('at 3')
  update('BoundedIntTextModel', {}, { value: 4 })
  await untilWords('at 4')
  update('CheckboxModel', { description: 'y' }, { value: true })
  update('CheckboxModel', { description: 'odd' }, { value: true })
  await expect.poll(() => drawn.at(-1)).toEqual({ at: 4, kind: 'a', parts: ['x', 'y'], odd: true })
  expect(kernel.outputs).toHaveLength(4)
  await expect
    .poll(() => kernel.outputs[3]!.data['text/plain'])
    .toBe(`Text alternative: ${kernel.outputs[2]!.data['text/plain']}`)
  expect(comms.find('DropdownModel').state()).toMatchObject({ index: 0, _options_labels: ['a4', 'b4'] })
})

test('a number beyond the bounds becomes the bound, also where the bound moves', async () => {
  await start()
  update('BoundedIntTextModel', {}, { value: 8.2 })
  await untilWords('at 8')
  update('DropdownModel', {}, { index: 0 })
  await untilWords('at 5')
  expect(comms.find('BoundedIntTextModel').state()).toMatchObject({ value: 5, max: 5 })
})

test('clicks go on one after the other, and what the last one leads to is drawn', async () => {
  const drawn = await start()
  for (let i = 0; i < 4; i++) click('next')
  await untilWords('at 7')
  expect(drawn.length).toBeLessThanOrEqual(5)
  update('CheckboxModel', { description: 'odd' }, { value: true })
  click('previous')
  await untilWords('at 5')
  for (let i = 0; i < 3; i++) click('next')
  await expect.poll(() => comms.find('HTMLModel').state().value).toContain('There is none after 9.')
})

test('an error is shown in place of the words, as text, and the next choice is drawn', async () => {
  await start()
  update('CheckboxModel', { description: 'x' }, { value: false })
  await untilWords('This could not be shown: no <parts>')
  expect(kernel.outputs[1]!.data['text/html']).toContain('no &lt;parts&gt;')
  expect(kernel.outputs[2]!.data['text/plain']).toBe('Figure at 3.')
  update('CheckboxModel', { description: 'y' }, { value: true })
  await untilWords('at 3')
})

test('values that the browser should never send change nothing', async () => {
  const drawn = await start()
  update('DropdownModel', {}, { index: 7 })
  update('DropdownModel', {}, { index: null })
  update('BoundedIntTextModel', {}, { value: 'many' })
  await new Promise((resolve) => setImmediate(resolve))
  expect(drawn).toHaveLength(1)
})

test('a page that was loaded anew is told what to do', async () => {
  await start()
  comms.find('HTMLModel').receive({ method: 'request_state' })
  expect(comms.find('HTMLModel').state().value).toContain('run this cell again')
})

test('an error of the first drawing is the cell’s, and a control must fit its value', async () => {
  await expect(start({ choice: { ...first, parts: [] } })).rejects.toThrow('no <parts>')
  await expect(start({ choice: Object.assign({}, first, { kind: 3 }) })).rejects.toThrow(
    'kind is 3; a control of kind "one" needs a string',
  )
})

test('without a browser only words and the figure’s text are shown', async () => {
  comms.stop()
  await start()
  expect(kernel.outputs.map(({ data }) => data['text/plain'])).toEqual([
    'at 3',
    'Figure at 3.',
    'Text alternative: Figure at 3.',
  ])
})
