import { describe, expect, it } from 'vitest'
import { defineArchitecture } from '../../src/architectures/index.js'
import { architectures, measures, methods } from '../../src/catalogue/index.js'
import { datasetFromArrays } from '../../src/data/dataset-from-arrays.js'
import { defineMeasure } from '../../src/evaluation/index.js'
import { defineMethod } from '../../src/explanation/index.js'
import {
  entriesOf,
  entryOf,
  inOrder,
  type Kind,
  register,
  shortOf,
  titleOf,
} from '../../src/values/registry.js'
import type { SeriesStyle } from '../../src/values/series-style.js'
import { elman } from '../architectures/further-networks.js'

const STYLE: SeriesStyle = { color: '#336699', pattern: '+', symbol: 'cross', dash: 'dot' }
const bars = { rows: 2, columns: 2, pixels: [255, 255, 0, 0, 255, 0, 255, 0], labels: [0, 1] }

describe('what is shipped', () => {
  it.each([
    ['architecture', architectures],
    ['method', methods],
    ['measure', measures],
  ] as const)('is known as %s by its id, in its order, with its own title', (kind, values) => {
    const shipped = entriesOf(kind).filter(({ place }) => place !== null)
    expect(shipped.map(({ id }) => id)).toEqual(values.map(({ id }) => id))
    expect(shipped.map(({ place }) => place)).toEqual(values.map((_, place) => place))
    for (const { id, title } of values) expect(titleOf(kind, id)).toBe(title)
  })
})

describe('defining', () => {
  it('makes a value known to figures and tables by its id, behind what is shipped', () => {
    defineMethod({ id: 'mine', title: 'My method', short: 'mine', style: STYLE, attribute: ({ x }) => x })
    defineMeasure({
      id: 'aMeasure',
      title: 'A measure',
      range: [0, 2],
      baselineName: 'guessing',
      baseline: () => 0.5,
      score: () => 1,
    })
    defineArchitecture({ ...elman, id: 'an-elman', title: 'An Elman network' })
    datasetFromArrays({
      id: 'bars',
      title: 'Bars',
      classes: ['row', 'column'],
      range: [0, 255],
      train: bars,
      test: bars,
    })
    expect(entryOf('method', 'mine')).toEqual({
      id: 'mine',
      title: 'My method',
      short: 'mine',
      style: STYLE,
      place: null,
    })
    expect(entryOf('measure', 'aMeasure')).toMatchObject({ range: [0, 2], baselineName: 'guessing' })
    for (const [kind, id] of [
      ['method', 'mine'],
      ['measure', 'aMeasure'],
      ['architecture', 'an-elman'],
      ['dataset', 'bars'],
    ] as const)
      expect(entriesOf(kind).at(-1)!.id).toBe(id)
  })

  it('counts the last time, so that a cell can be run again, and keeps the place', () => {
    const places = () => entriesOf('method').map(({ id }) => id)
    defineMethod({ id: 'twice', title: 'First', attribute: ({ x }) => x })
    const before = places()
    defineMethod({ id: 'twice', title: 'Second', attribute: ({ x }) => x })
    expect(titleOf('method', 'twice')).toBe('Second')
    expect(places()).toEqual(before)
  })

  it('the last time counts whole: what it does not say is no longer said', () => {
    const own = {
      id: 'again',
      title: 'Again',
      range: [0, 2] as [number, number],
      baseline: () => 0,
      score: () => 1,
    }
    defineMeasure({ ...own, short: 'again', style: STYLE, baselineName: 'guessing' })
    defineMeasure(own)
    const names = { id: 'again', title: 'Again', range: [0, 2] }
    expect(entryOf('measure', 'again')).toEqual({ ...names, place: null })
  })

  it('what is shipped a second time keeps the place and the style of the catalogue', () => {
    const before = entryOf('architecture', 'deep')!
    const { id, title } = architectures[1]!
    register('architecture', { id, title })
    expect(entryOf('architecture', 'deep')).toEqual(before)
  })

  it('what is refused leaves what was known', () => {
    defineMethod({ id: 'kept', title: 'Kept', attribute: ({ x }) => x })
    const incomplete = { id: 'kept', title: 'Refused' } as unknown as Parameters<typeof defineMethod>[0]
    expect(() => defineMethod(incomplete)).toThrow("method 'kept' has no function attribute")
    expect(titleOf('method', 'kept')).toBe('Kept')
    expect(() =>
      defineMeasure({
        id: 'upsideDown',
        title: 'Upside down',
        range: [1, 0],
        baseline: () => 0,
        score: () => 0,
      }),
    ).toThrow("measure 'upsideDown' has the range [1,0]")
    expect(entryOf('measure', 'upsideDown')).toBeUndefined()
    const silent = { ...elman, id: 'silent', forward: () => () => undefined } as unknown as typeof elman
    expect(() => defineArchitecture(silent)).toThrow("architecture 'silent'")
    expect(entryOf('architecture', 'silent')).toBeUndefined()
  })
})

describe('names', () => {
  it('of what was never defined are its id', () => {
    expect([titleOf('method', 'nobody'), shortOf('method', 'nobody')]).toEqual(['nobody', 'nobody'])
    expect(entryOf('method', 'nobody')).toBeUndefined()
  })

  it('that are short are the title where there is no shorter one', () => {
    expect(shortOf('method', 'deepTaylor')).toBe('DTD')
    expect(shortOf('architecture', 'deep')).toBe('Deep')
  })

  it('are put in order: what is shipped, then as defined, then as they came, each once', () => {
    register('architecture', { id: 'later', title: 'Later' })
    expect(inOrder('architecture', ['unknown', 'later', 'r-lstm', 'shallow', 'later', 'nowhere'])).toEqual([
      'shallow',
      'r-lstm',
      'later',
      'unknown',
      'nowhere',
    ])
  })

  it.each(['', '1st', 'two words', 'ä', 'a/b', '../a', undefined, 3])(
    'refuse the id %j, naming what is allowed',
    (id) => {
      for (const kind of ['architecture', 'method', 'dataset', 'measure'] as Kind[])
        expect(() => register(kind, { id: id as string, title: 'T' })).toThrow(
          `the ${kind}'s id is ${JSON.stringify(id)}; it must be letters, digits and hyphens, a letter first`,
        )
    },
  )

  it.each(['', '  ', undefined])('refuse the title %j, naming the value', (title) => {
    expect(() => register('method', { id: 'untitled', title: title as string })).toThrow(
      "method 'untitled' has no title; give it one for figures and text",
    )
  })
})
