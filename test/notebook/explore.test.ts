import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Figure } from '../../src/figures/kit/figure.js'
import { projectRoot } from '../../src/files/project-root.js'
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

const clicked = { method: 'custom', content: { event: 'click' } }
const figures = join(projectRoot(), 'results', 'figures')

const update = (model: string, part: object, state: object) =>
  comms.find(model, { ...part }).receive({ method: 'update', state: { ...state } })
const click = (tooltip: string) => comms.find('ButtonModel', { tooltip }).receive(clicked)
const words = () => String(kernel.outputs[3]!.data['text/plain'])
const note = () => String(comms.find('HTMLModel', {}, /role="status"/).state().value)
const word = () => String(comms.find('HTMLModel', {}, /role="alert"/).state().value)
const field = () => comms.find('TextModel')
const type = (value: string) => update('TextModel', {}, { value })
const untilWords = (text: string) => expect.poll(words).toContain(text)

test('the cell shows controls with a text for viewers without a kernel, the words and the figure of the first choice', async () => {
  expect(await start()).toEqual([first])
  const [controls, picture, , text] = kernel.outputs
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
  expect(field().state()).toMatchObject({ value: '3', continuous_update: false })
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
  type('4')
  await untilWords('at 4')
  update('CheckboxModel', { description: 'y' }, { value: true })
  update('CheckboxModel', { description: 'odd' }, { value: true })
  await expect.poll(() => drawn.at(-1)).toEqual({ at: 4, kind: 'a', parts: ['x', 'y'], odd: true })
  expect(kernel.outputs).toHaveLength(5)
  await expect
    .poll(() => kernel.outputs[2]!.data['text/plain'])
    .toBe(`Text alternative: ${kernel.outputs[1]!.data['text/plain']}`)
  expect(comms.find('DropdownModel').state()).toMatchObject({ index: 0, _options_labels: ['a4', 'b4'] })
})

test.each([
  ['1.5', '“1.5” is no whole number; there are 0 to 9.'],
  ['99999', '99999 is too large; there are 0 to 9.'],
  ['-1', '-1 is too small; there are 0 to 9.'],
  ['many', '“many” is no whole number; there are 0 to 9.'],
  ['1e3', '“1e3” is no whole number; there are 0 to 9.'],
  ['', 'A whole number is missing; there are 0 to 9.'],
])('%s is refused with a word beside the field, where it stays as it was typed', async (typed, why) => {
  const drawn = await start()
  type(typed)
  expect(word()).toBe(`<span role="alert">${why}</span>`)
  expect(field().state()).toMatchObject({ value: typed, _dom_classes: ['thesis-number', 'thesis-refused'] })
  update('CheckboxModel', { description: 'odd' }, { value: true })
  await expect.poll(() => drawn.length).toBe(2)
  expect(drawn.at(-1)).toMatchObject({ at: 3, odd: true })
  expect(field().state().value).toBe(typed)
  type(' 007 ')
  await untilWords('at 7')
  expect(field().state()).toMatchObject({ value: '7', _dom_classes: ['thesis-number'] })
  expect(word()).toBe('<span role="alert"></span>')
})

test('a number that another choice leaves out of bounds is not changed: it says so, and nothing is drawn until it is set', async () => {
  const drawn = await start()
  type('8')
  await untilWords('at 8')
  update('DropdownModel', {}, { index: 0 })
  expect(word()).toContain('8 is too large; there are 0 to 5.')
  expect(field().state().value).toBe('8')
  click('previous (p)')
  await untilWords('at 5')
  expect(word()).toBe('<span role="alert"></span>')
  expect(drawn.map(({ at, kind }) => `${kind}${at}`)).toEqual(['b3', 'b8', 'a5'])
})

test('a number that was refused is taken once another choice allows it', async () => {
  await start({ choice: { ...first, kind: 'a' } })
  type('8')
  expect(word()).toContain('8 is too large; there are 0 to 5.')
  update('DropdownModel', {}, { index: 1 })
  await untilWords('at 8')
  expect(word()).toBe('<span role="alert"></span>')
})

test('what is typed while a button’s search goes on counts, not what the search finds', async () => {
  const search: { end: (found: number) => void } = { end: () => {} }
  const drawn: number[] = []
  await explore<{ at: number }>({
    choice: { at: 3 },
    controls: {
      at: {
        kind: 'number',
        label: 'At',
        last: () => 9,
        move: () => new Promise((resolve) => (search.end = resolve)),
      },
    },
    draw: async ({ at }) => {
      drawn.push(at)
      return { text: `at ${at}`, figure: figure(`Figure at ${at}.`) }
    },
  })
  click('next (n)')
  click('next (n)')
  await expect.poll(note).toContain('Looking')
  type('7')
  search.end(5)
  await untilWords('at 7')
  await new Promise((resolve) => setImmediate(resolve))
  expect(drawn).toEqual([3, 7])
})

test('what is seen is exported with what was chosen, under a name that another view does not have', async () => {
  await start({ fileName: ({ at }) => `test-explore-${at}` })
  const links = () => JSON.stringify(comms.find('OutputModel').state().outputs)
  comms.find('ButtonModel', { description: 'Export this view' }).receive(clicked)
  await expect.poll(links, { timeout: 20_000 }).toContain('Download PDF')
  const files = readdirSync(figures).filter((name) => name.startsWith('test-explore-3-'))
  try {
    expect(files.map((name) => name.replace(/^test-explore-3-[0-9a-f]{8}/, '')).sort()).toEqual([
      '.csv',
      '.csv-metadata.json',
      '.pdf',
      '.png',
      '.svg',
    ])
    const svg = readFileSync(join(figures, files.find((name) => name.endsWith('.svg'))!), 'utf8')
    expect(svg).toContain('"view":{"at":3,"kind":"b","parts":["x"],"odd":false}')
  } finally {
    for (const name of files) rmSync(join(figures, name))
  }
  type('4')
  await expect.poll(links).toBe('[]')
})

test('code of what is seen is kept for copying, and is shown when asked for', async () => {
  await start({ code: ({ at }) => `show(${at})` })
  expect(comms.find('TextareaModel').state().value).toBe('show(3)')
  const layout = comms.find('VBoxModel').state().layout
  const display = () => comms.open.find(({ id }) => `IPY_MODEL_${id}` === layout)!.state().display
  expect(display()).toBe('none')
  comms.find('ButtonModel', { description: 'Copy as code' }).receive(clicked)
  expect(display()).toBe('flex')
  type('4')
  await expect.poll(() => comms.find('TextareaModel').state().value).toBe('show(4)')
  expect(display()).toBe('none')
})

test('without code there is no button that copies it', async () => {
  await start()
  expect(() => comms.find('ButtonModel', { description: 'Copy as code' })).toThrow('no ButtonModel')
})

test('clicks go on one after the other, and what the last one leads to is drawn', async () => {
  const drawn = await start()
  for (let i = 0; i < 4; i++) click('next (n)')
  await untilWords('at 7')
  expect(drawn.length).toBeLessThanOrEqual(5)
  update('CheckboxModel', { description: 'odd' }, { value: true })
  click('previous (p)')
  await untilWords('at 5')
  for (let i = 0; i < 3; i++) click('next (n)')
  await expect.poll(note).toContain('There is none after 9.')
})

test('an error is said, as text, and the next choice is drawn', async () => {
  await start()
  update('CheckboxModel', { description: 'x' }, { value: false })
  await expect.poll(note).toContain('This could not be shown: no &lt;parts&gt;')
  expect(kernel.outputs[1]!.data['text/plain']).toBe('Figure at 3.')
  update('CheckboxModel', { description: 'y' }, { value: true })
  await expect.poll(note).not.toContain('could not')
})

test('values that the browser should never send change nothing', async () => {
  const drawn = await start()
  update('DropdownModel', {}, { index: 7 })
  update('DropdownModel', {}, { index: null })
  update('TextModel', {}, { value: 4 })
  await new Promise((resolve) => setImmediate(resolve))
  expect(drawn).toHaveLength(1)
})

test('a page that was loaded anew is told what to do', async () => {
  await start()
  comms.find('HTMLModel', {}, /role="status"/).receive({ method: 'request_state' })
  expect(note()).toContain('run this cell again')
})

test('an error of the first drawing is the cell’s, and a control must fit its value', async () => {
  await expect(start({ choice: { ...first, parts: [] } })).rejects.toThrow('no <parts>')
  await expect(start({ choice: Object.assign({}, first, { kind: 3 }) })).rejects.toThrow(
    'kind is 3; a control of kind "one" needs a string',
  )
  for (const [wrong, why] of [
    [{ at: 1.5 }, 'at is 1.5; it must be a whole number from 0 to 9'],
    [{ at: 10 }, 'at is 10; it must be a whole number from 0 to 9'],
    [{ kind: 'c' }, 'kind is "c"; it must be one of a, b'],
    [{ parts: ['x', 'z'] }, 'parts is "z"; it must be one of x, y'],
  ] as const)
    await expect(start({ choice: { ...first, ...wrong } })).rejects.toThrow(why)
})

test('without a browser only words and the figure’s text are shown', async () => {
  comms.stop()
  await start()
  expect(kernel.outputs.map(({ data }) => data['text/plain'])).toEqual([
    'Figure at 3.',
    'Text alternative: Figure at 3.',
    'at 3',
  ])
})
