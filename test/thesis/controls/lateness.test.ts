import { expect, it } from 'vitest'
import { positionTable } from '../../../src/thesis/controls/lateness/index.js'
import { latenessTable } from '../../../src/thesis/controls/lateness/lateness-table.js'
import { lengthened } from '../../../src/thesis/controls/lateness/lengthened.js'
import { stateLedger } from '../../../src/thesis/controls/lateness/state-ledger.js'
import type { SequenceRelevance } from '../../../src/thesis/evaluation/sequence-relevance.js'
import { loadModel, majority, problemOf, recipe, untrainedModel } from '../../../src/thesis/index.js'
import { smallPlan } from '../models/small.js'

const relevance = (items: number[], relevant: number[]) =>
  ({ items, relevant }) as unknown as SequenceRelevance

it('shares by position are of the sizes of relevance, by distance from the end and by role', () => {
  const rows = positionTable({
    shallow: [relevance([1, 1, -2], [0, 1]), relevance([0, 0, 4], [1, 2]), relevance([0, 0, 0], [0, 2])],
  }).objects()
  const of = (fromEnd: number, role: string) =>
    rows.find((row) => row.fromEnd === fromEnd && row.role === role)
  expect(of(0, 'all')).toMatchObject({ share: (0.5 + 1) / 2, chance: 1 / 3, sequences: 2 })
  expect(of(0, 'irrelevant')).toMatchObject({ share: 0.5, sequences: 1 })
  expect(of(2, 'relevant')).toMatchObject({ share: 0.25, sequences: 1 })
})

it('the last item to be read is the first from the left where sequences are read from the right', () => {
  const [last] = positionTable({ shallow: [relevance([3, 1, 0], [0, 1])] }, 'rightToLeft').objects()
  expect(last).toMatchObject({ fromEnd: 0, share: 0.75 })
})

it('a network reads sequences of other lengths with the same parameters, and no steps of another width', async () => {
  const model = await loadModel('mnist-maj', 'shallow')
  const longer = problemOf(model.dataset, { items: 5, majority: 3 })
  const [row] = (
    await latenessTable([{ kind: 'trained', model: lengthened(model, longer) }], {
      methods: ['deepTaylor'],
      limit: 4,
    })
  ).objects()
  expect(row).toMatchObject({ items: 5, steps: 20, chance: 0.2, kind: 'trained', sequences: 4 })
  // Shallow forgets: nearly all relevance is on the last item.
  expect(row!.last).toBeGreaterThan(0.9)
  expect(row!.place).toBeGreaterThan(0.8)
  const wider = problemOf(model.dataset, { stepColumns: 14 })
  expect(() => lengthened(model, wider)).toThrow('Shallow reads 7 columns a step; it has no weights for 14')
})

it('a network is refused lengths that there are not, other classes, and lengths that a layer has no weights for', async () => {
  const model = await untrainedModel(recipe('mnist-maj', 'shallow'))
  const { problem, units } = model.configuration
  const refused = (changes: Partial<typeof problem>, of = model) =>
    expect(() => lengthened(of, { ...problem, ...changes }))
  for (const items of [0, 2.5, Number.NaN])
    refused({ items }).toThrow(new RangeError(`items = ${items}; allowed is a whole number from 1 to 255`))
  refused({ items: 2, majority: 3 }).toThrow('majority = 3; allowed is a whole number from 1 to 2')
  refused({ items: 5, majority: 2, classes: 2 }).toThrow('another class would tie')
  refused({ classes: 9 }).toThrow(new RangeError('Shallow tells 10 classes apart; it has no weights for 9'))
  // A layer that reads all steps at once.
  const wide = ({ steps }: { steps: number }) => [
    { name: 'wide.kernel', shape: [steps, units.hidden!], kind: 'kernel' as const },
  ]
  const architecture = { ...model.architecture, parameters: wide }
  const parameters = { 'wide.kernel': { shape: [12, units.hidden!], values: new Float32Array() } }
  refused({ items: 6, majority: 4 }, { ...model, architecture, parameters }).toThrow(
    new RangeError(
      `Shallow cannot read sequences of 6 items: its wide.kernel [12,${units.hidden}] would have to be [24,${units.hidden}]`,
    ),
  )
})

it('as many sequences are explained as are asked for, or all where there are fewer; no others can be', async () => {
  const small = smallPlan()
  const model = await untrainedModel(small)
  const { test } = await majority(small.dataset, small.problem)
  const table = (limit?: number) =>
    latenessTable([{ kind: 'untrained', model }], {
      methods: ['uniformRelevance'],
      ...(limit === undefined ? {} : { limit }),
    })
  const counts = (rows: Awaited<ReturnType<typeof table>>) => rows.array('sequences')
  expect(counts(await table())).toEqual([test.count])
  expect(counts(await table(test.count))).toEqual([test.count])
  for (const limit of [0, -1, 2.5, Number.NaN, Number.POSITIVE_INFINITY])
    await expect(table(limit)).rejects.toThrow(
      new RangeError(`limit is ${limit}; it must be a whole number of at least 1`),
    )
  await expect(table(test.count + 1)).rejects.toThrow(
    new RangeError(`limit is ${test.count + 1}; Halves has ${test.count} test sequences`),
  )
})

it('all that enters at the logit of R-LSTM passes through the cell of the last step, or is its bias', async () => {
  const model = await loadModel('mnist-maj', 'r-lstm')
  const { test } = await majority('mnist-maj')
  const rows = (await stateLedger([model], test, [0, 1, 2], { method: 'deepTaylor' })).objects()
  const last = rows.filter(({ step }) => step === test.steps)
  expect(last.find(({ state }) => state === 'output')!.share).toBeCloseTo(1, 4)
  expect(last.find(({ state }) => state === 'cell')!.share).toBeCloseTo(1, 4)
  // What the cell of a step hands on is what the cell before has, and the candidate of the step the rest.
  const at = (state: string, step: number) =>
    rows.find((row) => row.state === state && row.step === step)!.share
  expect(at('cell', 12) - at('candidate', 12)).toBeCloseTo(at('cell', 11) - at('output', 11), 4)
})

it('a method without a ledger has no way through the states', async () => {
  const model = await untrainedModel(recipe('mnist-maj', 'shallow'))
  const { test } = await majority('mnist-maj')
  await expect(stateLedger([model], test, [0], { method: 'sensitivity' })).rejects.toThrow(
    'Sensitivity analysis has no ledger',
  )
})
