import { describe, expect, it } from 'vitest'
import type { LabelledImages } from '../../src/data/labelled-images.js'
import {
  type MajorityOptions,
  type MajoritySequences,
  majoritySequences,
  redrawn,
  sequencesOfEpoch,
} from '../../src/data/majority.js'
import { provenance } from '../../src/data/provenance.js'
import { chiSquare } from './chi-square.js'
import { syntheticImages } from './synthetic.js'

const images = syntheticImages(60, 5, 2, 7)
const thesis = (options: Partial<MajorityOptions> = {}) =>
  majoritySequences({ images, classes: 5, stepColumns: 7, seed: 1, ...options })

const itemsOf = (sequences: MajoritySequences, s: number) =>
  sequences.items.subarray(s * sequences.itemsPerSequence, (s + 1) * sequences.itemsPerSequence)

/** Throws unless every sequence is what the majority problem says, told from nothing but the images. */
function checkProblem(sequences: MajoritySequences, source: LabelledImages, majority: number): void {
  for (let s = 0; s < sequences.count; s++) {
    const items = [...itemsOf(sequences, s)]
    const counts = new Map<number, number>()
    for (const image of items) counts.set(source.labels[image]!, (counts.get(source.labels[image]!) ?? 0) + 1)
    const label = sequences.labels[s]!
    const rivals = [...counts].filter(([c]) => c !== label).map(([, number]) => number)
    expect(counts.get(label)).toBe(majority)
    expect(Math.max(0, ...rivals)).toBeLessThan(majority)
    expect(new Set(items).size).toBe(items.length)
    expect(items).toContain(sequences.anchors[s])
    expect(source.labels[sequences.anchors[s]!]).toBe(label)
    const relevant = sequences.relevant.subarray(s * items.length, (s + 1) * items.length)
    expect([...relevant]).toEqual(items.map((image) => (source.labels[image] === label ? 1 : 0)))
  }
}

describe('the majority problem', () => {
  it('has one sequence per image, with the shape that the thesis gives it', () => {
    const sequences = thesis()
    expect(sequences).toMatchObject({
      count: 60,
      itemsPerSequence: 3,
      majority: 2,
      classes: 5,
      rows: 2,
      columns: 21,
      stepColumns: 7,
      steps: 3,
      seed: 1,
      split: 'synthetic/images',
      epoch: 0,
      freshSequences: false,
    })
    expect([...sequences.anchors]).toEqual(Array.from({ length: 60 }, (_, i) => i))
    checkProblem(sequences, images, 2)
  })

  it('holds for every combination of items, majority and classes, or is refused where no such sequence exists', () => {
    let held = 0
    let refused = 0
    for (const classes of [1, 2, 3, 5]) {
      for (let items = 1; items <= 7; items++) {
        for (let majority = 1; majority <= items; majority++) {
          const make = () => majoritySequences({ images, items, majority, classes, seed: 7 })
          // By hand: lay the other items out over the other classes, one each in turn.
          const rounds = items === majority ? 0 : Math.ceil((items - majority) / (classes - 1))
          if (rounds < majority) {
            const sequences = make()
            expect(sequences.count).toBe(12 * classes)
            checkProblem(sequences, images, majority)
            held++
          } else {
            expect(make).toThrow(/another class would tie/)
            refused++
          }
        }
      }
    }
    expect([held > 40, refused > 20]).toEqual([true, true])
  })

  it('reads from either end the same sequences', () => {
    const reversed = thesis({ scan: 'rightToLeft' })
    expect(reversed).toEqual({ ...thesis(), scan: 'rightToLeft' })
    expect(thesis().scan).toBe('leftToRight')
    expect(redrawn(reversed, 2).scan).toBe('rightToLeft')
  })

  it('leaves images of higher classes out', () => {
    const sequences = thesis({ classes: 3 })
    expect(sequences.count).toBe(36)
    expect(Math.max(...sequences.labels)).toBe(2)
    expect([...sequences.items].every((image) => images.labels[image]! < 3)).toBe(true)
  })

  it('draws from the images of its split alone', () => {
    const which = Int32Array.from({ length: 30 }, (_, i) => 59 - 2 * i)
    const sequences = thesis({ which })
    const allowed = new Set(which)
    expect([...sequences.anchors]).toEqual([...which].reverse())
    expect([...sequences.items].every((image) => allowed.has(image))).toBe(true)
    checkProblem(sequences, images, 2)
  })

  it('takes every image of a class that has just enough', () => {
    const sequences = thesis({ which: Int32Array.of(0, 5, 1, 6) })
    for (let s = 0; s < 4; s++) {
      const same = sequences.labels[s] === 0 ? [0, 5] : [1, 6]
      expect([...itemsOf(sequences, s)]).toEqual(expect.arrayContaining(same))
    }
  })
})

describe('the draws of the majority problem', () => {
  it('are a function of the seed, the split and the epoch', () => {
    expect(thesis()).toEqual(thesis())
    const others = [thesis({ seed: 2 }), thesis({ split: 'test' }), thesis({ epoch: 1 })]
    for (const other of others) expect(other.items).not.toEqual(thesis().items)
    expect(redrawn(thesis(), 4)).toEqual(thesis({ epoch: 4 }))
    expect(redrawn(redrawn(thesis(), 9), 4)).toEqual(thesis({ epoch: 4 }))
    expect(redrawn(thesis({ epoch: 4 }), 0)).toEqual(thesis())
  })

  it('are fresh in each epoch when that is asked for, with the same labels, and the same ones otherwise', () => {
    const fixed = thesis()
    expect(sequencesOfEpoch(fixed, 3)).toBe(fixed)
    const fresh = thesis({ freshSequences: true })
    const third = sequencesOfEpoch(fresh, 3)
    expect(third.items).not.toEqual(fresh.items)
    expect(third.labels).toEqual(fresh.labels)
    expect(third.freshSequences).toBe(true)
    checkProblem(third, images, 2)
  })

  it('do not depend on the order in which the split names its images, and leave it as it was', () => {
    const which = Int32Array.of(40, 3, 8, 5, 0, 10, 23, 28)
    const before = [...which]
    expect(thesis({ which }).items).toEqual(thesis({ which: Int32Array.from(which).sort() }).items)
    expect([...which]).toEqual(before)
  })

  it('put the anchor, its companion and the odd one at each place equally often', () => {
    const many = majoritySequences({ images: syntheticImages(30_000, 10), stepColumns: 4, seed: 11 })
    const anchors = [0, 0, 0]
    const odd = [0, 0, 0]
    for (let s = 0; s < many.count; s++) {
      anchors[itemsOf(many, s).indexOf(many.anchors[s]!)]!++
      odd[many.relevant.subarray(3 * s, 3 * s + 3).indexOf(0)]!++
    }
    for (const counts of [anchors, odd])
      expect(chiSquare(counts, [10_000, 10_000, 10_000])).toBeLessThan(18.4) // p = 10⁻⁴
  })

  it('take companions and odd ones evenly from the images they may come from', () => {
    // 600 images of ten classes, class c with a share that grows with c: the odd one follows the shares of the others.
    const labels = Uint8Array.from({ length: 600 }, (_, i) => Math.floor(Math.sqrt(i / 6)))
    const uneven = { ...syntheticImages(600, 10), labels }
    const size = new Array<number>(10).fill(0)
    for (const label of labels) size[label]!++
    const companion = new Array<number>(600).fill(0)
    const odd = new Array<number>(600).fill(0)
    const epochs = 60
    for (let epoch = 0; epoch < epochs; epoch++) {
      const drawn = majoritySequences({ images: uneven, stepColumns: 4, seed: 3, epoch })
      for (let s = 0; s < drawn.count; s++) {
        for (const image of itemsOf(drawn, s)) {
          if (labels[image] !== drawn.labels[s]) odd[image]!++
          else if (image !== drawn.anchors[s]) companion[image]!++
        }
      }
    }
    // Each of the other images of a class draws an image as companion with chance 1/(size − 1): once per epoch in all.
    expect(chiSquare(companion, new Array(600).fill(epochs))).toBeLessThan(739) // p = 10⁻⁴ at 599
    const expected = Array.from(labels, (label) => {
      const rate = size.reduce((sum, n, c) => (c === label ? sum : sum + n / (600 - n)), 0)
      return epochs * rate
    })
    expect(chiSquare(odd, expected)).toBeLessThan(739)
  })

  it('have the label distribution of the images', () => {
    const labels = Uint8Array.from({ length: 200 }, (_, i) => (i < 150 ? 0 : 1 + (i % 4)))
    const sequences = majoritySequences({
      images: { ...syntheticImages(200, 5), labels },
      classes: 5,
      stepColumns: 4,
      seed: 1,
    })
    expect([...sequences.labels]).toEqual([...labels])
  })
})

describe('the provenance of an item', () => {
  it('is its number in the original file, its class and whether it is relevant, from left to right', () => {
    const sequences = thesis()
    for (const s of [0, 17, 59]) {
      const items = provenance(sequences, s)
      expect(items.map((item) => item.index)).toEqual([...itemsOf(sequences, s)])
      expect(items.map((item) => item.label)).toEqual(items.map((item) => item.index % 5))
      expect(items.map((item) => item.relevant)).toEqual(
        items.map((item) => item.label === sequences.labels[s]),
      )
      expect(items.every((item) => item.file === 'synthetic/images')).toBe(true)
    }
  })

  it('names the file of an image that has its own', () => {
    const files = Array.from({ length: 60 }, (_, i) => `shapes/${i}.png`)
    const sequences = thesis({ images: { ...images, files } })
    const items = provenance(sequences, 17)
    expect(items.map(({ file }) => file)).toEqual(items.map(({ index }) => `shapes/${index}.png`))
  })

  it('is refused for a sequence that does not exist', () => {
    for (const s of [-1, 60, 0.5, Number.NaN]) {
      expect(() => provenance(thesis(), s)).toThrow(`There is no sequence ${s}: they are numbered 0 to 59`)
    }
  })
})

describe('impossible options', () => {
  const refused: readonly (readonly [Partial<MajorityOptions>, string])[] = [
    [{ items: 0 }, 'items = 0; allowed is a whole number from 1 to 255'],
    [{ items: 2.5 }, 'items = 2.5; allowed is a whole number from 1 to 255'],
    [{ items: 3, majority: 4 }, 'majority = 4; allowed is a whole number from 1 to 3'],
    [{ majority: Number.NaN }, 'majority = NaN; allowed is a whole number from 1 to 3'],
    [{ classes: 0 }, 'classes = 0; allowed is a whole number from 1 to 5'],
    [{ classes: 6 }, 'classes = 6; allowed is a whole number from 1 to 5'],
    [{ stepColumns: 0 }, 'stepColumns = 0; allowed is a whole number from 1 to 21'],
    [{ stepColumns: 5 }, 'stepColumns = 5 does not divide the 21 columns of 3 images side by side'],
    [{ stepColumns: 5 }, '3 images side by side; allowed are 1, 3, 7, 21'],
    [{ scan: 'upwards' as 'leftToRight' }, 'scan = "upwards"; allowed are leftToRight and rightToLeft'],
    [{ items: 3, majority: 1 }, 'With items = 3, majority = 1 and classes = 5 another class would tie'],
    [{ items: 5, majority: 2, classes: 3 }, 'the 3 other items must fit into 2 classes of at most 1 each'],
    [{ which: Int32Array.of(3, 60) }, 'which names image 60; synthetic/images has 0 to 59'],
    [{ which: Int32Array.of(-1) }, 'which names image -1; synthetic/images has 0 to 59'],
    [{ which: Int32Array.of(3, 4, 3) }, 'which names image 3 twice'],
    [{ which: Int32Array.of() }, 'which leaves no image of a class below 5'],
    [{ which: Int32Array.of(0, 5, 1) }, 'A majority of 2 needs 2 images of class 1; the split has 1'],
    [{ which: Int32Array.of(0, 5) }, 'The split has too few images of classes other than 0'],
    [{ seed: 0.1 }, '0.1 is not'],
    [{ epoch: -0.1 }, '-0.1 is not'],
  ]
  it.each(refused)('%o are refused with a word on what is allowed', (options, message) => {
    expect(() => thesis(options)).toThrow(message)
  })
})
