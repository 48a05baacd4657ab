import { describe, expect, it } from 'vitest'
import { parseTransform, transformed } from '../../src/figures/export/boxes.js'
import { canvasPackage } from '../../src/figures/export/canvas.js'
import { fontCoverage } from '../../src/figures/export/font-coverage.js'
import { fontFaces } from '../../src/figures/export/font-faces.js'
import {
  datasetName,
  distinctNames,
  measureInText,
  methodLongName,
  methodName,
  networkName,
  networksOf,
} from '../../src/figures/kit/names.js'
import { fitText, plainText, textWidth, wrapText } from '../../src/figures/kit/text-width.js'
import { register } from '../../src/values/registry.js'
import { NETWORKS } from './example-values.js'

describe('text', () => {
  it.each(['ConvR-LSTM', 'FashionMNIST-MAJ', 'steps 1 to 12, light to dark', '(28×7)'])(
    '%s is as wide as the face says',
    (text) => {
      const context = canvasPackage().createCanvas(1, 1).getContext('2d')
      context.font = '100px CMU Serif'
      const measured = context.measureText(text).width
      expect(Math.abs(textWidth(text, 100) - measured) / measured).toBeLessThan(0.06)
    },
  )

  it('is measured without tags and by its widest line', () => {
    expect(textWidth('<b>ab</b><br>abcdef')).toBe(textWidth('abcdef'))
    expect(plainText('<i>x</i><sub>t</sub><br>28×7')).toBe('x_t 28×7')
  })

  it('is cut with an ellipsis, or broken at spaces, where it is too wide', () => {
    const long = 'a title of more than a few words'
    expect(fitText(long, 1000)).toBe(long)
    expect(textWidth(fitText(long, 60))).toBeLessThanOrEqual(60)
    expect(fitText(long, 60)).toMatch(/^a title.*…$/)
    const lines = wrapText(long, 60).split('<br>')
    expect(lines.join(' ')).toBe(long)
    for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(60)
    expect(wrapText('unbreakable', 10)).toBe('unbreakable')
  })

  it('has glyphs for what figures write, and the faces know what they lack', () => {
    const coverage = fontFaces().map((face) => fontCoverage(face.file))
    expect(coverage).toHaveLength(8)
    for (const covered of coverage) {
      for (const character of 'AZaz09 .,%()=+−–×→αβ²')
        expect(covered.has(character.codePointAt(0)!), character).toBe(true)
      for (const character of '中\u{1d465}')
        expect(covered.has(character.codePointAt(0)!), character).toBe(false)
    }
  })
})

describe('transforms', () => {
  it('compose from left to right', () => {
    expect(transformed([0, 0, 2, 1], parseTransform('translate(10, 5) scale(2)'))).toEqual([10, 5, 14, 7])
    const turned = transformed([0, 0, 2, 1], parseTransform('rotate(90)'))!
    for (const [i, value] of [-1, 0, 0, 2].entries()) expect(turned[i]).toBeCloseTo(value)
    const about = transformed([1, 1, 3, 2], parseTransform('rotate(180, 1, 1)'))!
    for (const [i, value] of [-1, 0, 1, 1].entries()) expect(about[i]).toBeCloseTo(value)
  })

  it('that are not supported are named', () => {
    expect(() => parseTransform('skewX(3)')).toThrow('"skewX"')
  })
})

describe('names', () => {
  it('are the display names of the thesis', () => {
    expect(NETWORKS.map(networkName)).toEqual(['Shallow', 'Deep', 'ConvDeep', 'R-LSTM', 'ConvR-LSTM'])
    expect(networksOf([...NETWORKS].reverse().map((network) => ({ network })))).toEqual(NETWORKS)
    expect([
      methodName('lrpAlpha2Beta1'),
      methodLongName('deepTaylor'),
      datasetName('fashion-mnist-maj'),
    ]).toEqual(['LRP-α2β1', 'Deep Taylor decomposition', 'FashionMNIST-MAJ'])
  })

  it('of one’s own are shown as they are, after the known ones', () => {
    expect(networkName('toString')).toBe('toString')
    const rows = ['mine', 'deep', 'shallow', 'mine'].map((network) => ({ network }))
    expect(networksOf(rows)).toEqual(['shallow', 'deep', 'mine'])
  })

  it('of a measure begin small within a sentence, but for an abbreviation', () => {
    register('measure', { id: 'auc-of-flipping', title: 'AUC of flipping' })
    expect(measureInText('cosine')).toBe('cosine similarity')
    expect(measureInText('auc-of-flipping')).toBe('AUC of flipping')
  })

  it('that two values share are followed by their ids', () => {
    register('architecture', { id: 'deep-2', title: 'Deep' })
    const name = distinctNames('architecture', ['deep', 'deep-2', 'shallow'])
    expect(['deep', 'deep-2', 'shallow'].map(name)).toEqual(['Deep (deep)', 'Deep (deep-2)', 'Shallow'])
    expect(distinctNames('architecture', ['deep'])('deep')).toBe('Deep')
  })
})
