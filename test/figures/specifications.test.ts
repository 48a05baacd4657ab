import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { drawingWindow } from '../../src/figures/export/drawing-window.js'
import type { Figure } from '../../src/figures/kit/figure.js'
import { exampleFigures } from './example-figures.js'

/** A specification as text, to four significant digits: maps as a digest, innermost lists and objects on one line. */
function asText({ data, layout, alt }: Figure): string {
  const text = JSON.stringify(
    { data, layout, alt },
    (key, value) => {
      if (key === 'z') return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16)
      return typeof value === 'number' ? Number(value.toPrecision(4)) : value
    },
    1,
  )
  const innermost = /\[[^[\]{}]*\]|\{[^[\]{}]*\}/g
  return text.replace(innermost, (part) => part.replace(/\s+/g, ' '))
}

/** One figure of every kind; the others vary them. */
const kinds = [
  'accuracyScore',
  'score',
  'dataset',
  'heatmaps',
  'inspector',
  'ledger',
  'method',
  'networks',
  'pixelFlipping',
  'problem',
  'stepRelevance',
  'training',
]

describe('specifications', () => {
  it.each(kinds)('of %s are those that were looked at', (kind) => {
    expect(asText(exampleFigures[kind]!())).toMatchSnapshot()
  })
})

describe.each(Object.entries(exampleFigures))('%s', (_, make) => {
  it('has only attributes that plotly knows', () => {
    const { data, layout } = make()
    const problems = drawingWindow().plotly.validate(data, layout) ?? []
    expect(problems.filter((problem) => problem.code !== 'unused')).toEqual([])
  })

  it('says in words what it shows, with numbers and without tags', () => {
    const { alt } = make()
    expect(alt).toMatch(/^[A-Z].*\d.*\.$/s)
    expect(alt).not.toMatch(/<|undefined|NaN/)
  })

  it('is plain data: sending it as JSON loses nothing but what it can redraw and tell', () => {
    const { forWidth, rows, sections, ...figure } = make()
    expect(forWidth).toBeTypeOf('function')
    expect(JSON.parse(JSON.stringify(figure))).toEqual(figure)
  })

  it('is the same for the same rows', () => {
    expect(asText(make())).toBe(asText(make()))
  })
})
