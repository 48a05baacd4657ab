import { expect, test } from 'vitest'
import { deepTaylor, gradientTimesInput, sensitivity } from '../../../src/explanation/index.js'
import { explainSequences } from '../../../src/thesis/evaluation/explain-sequences.js'
import { sequenceRelevance } from '../../../src/thesis/evaluation/sequence-relevance.js'
import { inspect } from '../../../src/thesis/inspector/inspect.js'
import { type InspectorChoice, relevanceInspector } from '../../../src/thesis/inspector/inspector.js'
import { stateRelevance } from '../../../src/thesis/inspector/state-relevance.js'
import { wrongPredictions } from '../../../src/thesis/inspector/wrong-predictions.js'
import { tinyModel, tinySequences } from '../tiny.js'

const sequences = tinySequences(250)
const all = Array.from({ length: sequences.count }, (_, s) => s)

test('an inspection agrees with the evaluation of the same sequence', async () => {
  const model = tinyModel('r-lstm')
  const seen = await inspect(model, sequences, 7, { methods: [sensitivity, deepTaylor] })
  for (const [i, method] of [sensitivity, deepTaylor].entries()) {
    const [row] = await sequenceRelevance(model, sequences, [7], { method })
    const { steps, items, cosine } = seen.explanations[i]!
    expect(steps).toEqual(row!.steps)
    expect(items).toEqual(row!.items)
    expect(cosine).toBeCloseTo(row!.cosine, 10)
    expect([seen.label, seen.prediction]).toEqual([row!.label, row!.prediction])
    expect(seen.logits[seen.target]).toBeCloseTo(row!.logit, 5)
  }
  expect(seen.classes).toHaveLength(10)
  expect(seen.items.filter((name) => name === String(seen.label))).toHaveLength(2)
})

test('the label, the prediction or any class can be explained', async () => {
  const model = tinyModel()
  const options = { methods: [sensitivity] }
  const [label, prediction, three] = await Promise.all([
    inspect(model, sequences, 4, options),
    inspect(model, sequences, 4, { ...options, target: 'prediction' }),
    inspect(model, sequences, 4, { ...options, target: 3 }),
  ])
  expect(label.target).toBe(label.label)
  expect(prediction.target).toBe(prediction.prediction)
  expect(three.target).toBe(3)
})

test('what cannot be inspected is said, and an abort ends the work', async () => {
  const model = tinyModel()
  await expect(inspect(model, sequences, 4, { methods: [] })).rejects.toThrow('at least one')
  await expect(inspect(model, sequences, 250, { methods: [sensitivity] })).rejects.toThrow('0 to 249')
  const signal = AbortSignal.abort(new Error('newer choice'))
  await expect(inspect(model, sequences, 4, { methods: [sensitivity], signal })).rejects.toThrow(
    'newer choice',
  )
})

test.each(['shallow', 'deep', 'convdeep'])(
  '%s remembers in its hidden layer, at every step',
  async (network) => {
    const { explanations } = await inspect(tinyModel(network), sequences, 4, {
      methods: [sensitivity],
      units: 3,
    })
    const { state, size, units } = explanations[0]!.states
    expect([state, size, units.length, units[0]!.steps.length]).toEqual(['hidden', 6, 3, 12])
  },
)

test.each(['r-lstm', 'conv-r-lstm'])('%s remembers in its cell', async (network) => {
  const { explanations } = await inspect(tinyModel(network), sequences, 4, { methods: [sensitivity] })
  const { state, size, units, share } = explanations[0]!.states
  expect([state, size, units.length, share]).toEqual(['cell', 5, 5, 1])
})

test('the top units are those with the largest absolute relevance over all steps', async () => {
  const explanation = await explainSequences(tinyModel(), sequences, [3, 9], {
    method: gradientTimesInput,
    record: true,
  })
  const whole = stateRelevance(explanation.taps, 1, 6)
  const sizes = whole.units.map(({ steps }) => steps.reduce((sum, value) => sum + Math.abs(value), 0))
  expect(sizes).toEqual([...sizes].sort((a, b) => b - a))
  expect(whole.units.map(({ unit }) => unit).sort()).toEqual([0, 1, 2, 3, 4, 5])
  const tap = explanation.taps.find(({ name, step }) => name === 'hidden' && step === 11)!
  for (const { unit, steps } of whole.units) expect(steps[11]).toBe(tap.relevance[6 + unit])
  const top = stateRelevance(explanation.taps, 1, 2)
  expect(top.units).toEqual(whole.units.slice(0, 2))
  expect(top.share).toBeCloseTo((sizes[0]! + sizes[1]!) / sizes.reduce((sum, size) => sum + size, 0), 10)
})

test('at the last step all relevance of the logit passes through the hidden layer or its biases', async () => {
  const model = tinyModel()
  const { taps, entered } = await explainSequences(model, sequences, [3], {
    method: deepTaylor,
    target: 'prediction',
    record: true,
  })
  const last = stateRelevance(taps, 0, 6).units.reduce((sum, { steps }) => sum + steps[11]!, 0)
  expect(last).toBeGreaterThan(0)
  expect(last).toBeLessThanOrEqual(entered[0]! * 1.0001)
})

test('without a recording there is no hidden state', () => {
  expect(() => stateRelevance([], 0, 3)).toThrow('recorded is nothing; a hidden state, cell or hidden')
})

test('the search for wrong predictions finds each of them, in both directions, and ends', async () => {
  const model = tinyModel()
  const rows = await sequenceRelevance(model, sequences, all, { method: sensitivity })
  // An untrained network is rarely right: the right ones are looked for by their complement.
  const wrong = rows.filter(({ label, prediction }) => label !== prediction).map(({ sequence }) => sequence)
  expect(wrong.length).toBeLessThan(sequences.count)
  const walk = async (start: number, by: 1 | -1): Promise<number[]> => {
    const search = wrongPredictions(model, sequences)
    const found: number[] = []
    for (let at = await search.next(start, by); at !== null; at = await search.next(at, by)) found.push(at)
    return found
  }
  expect(await walk(-1, 1)).toEqual(wrong)
  expect(await walk(sequences.count, -1)).toEqual([...wrong].reverse())
})

const inspector = () =>
  relevanceInspector({
    datasets: ['mnist-maj'],
    networks: ['shallow', 'r-lstm'],
    load: async (_, network) => tinyModel(network),
    test: async () => sequences,
  })

const choice: InspectorChoice = {
  sequence: 5,
  onlyWrong: false,
  dataset: 'mnist-maj',
  network: 'r-lstm',
  target: 'label',
  methods: ['sensitivity', 'deepTaylor'],
}

test('a choice becomes words and a figure about the same thing', async () => {
  const { draw } = await inspector()
  const { text, figure } = await draw(choice)
  expect(text).toContain('Test sequence 5 of MNIST-MAJ')
  expect(text).toContain('R-LSTM predicts')
  expect(text.match(/^\| (SA|DTD) \|/gm)).toHaveLength(2)
  expect(figure.alt).toContain('Test sequence 5 of MNIST-MAJ')
})

test('the controls offer what there is, and every option can be drawn', async () => {
  const { controls, draw } = await inspector()
  expect(controls.sequence.last(choice)).toBe(249)
  expect(controls.network.options().map(({ value }) => value)).toEqual(['shallow', 'r-lstm'])
  const targets = controls.target.options(choice).map(({ value }) => value)
  expect(targets).toHaveLength(12)
  for (const target of ['label', 'prediction', '9']) {
    expect(targets).toContain(target)
    expect((await draw({ ...choice, target })).text).toContain('Explained is')
  }
  const methods = controls.methods.options.map(({ value }) => value)
  expect((await draw({ ...choice, methods })).text.match(/^\| (?!method|---)/gm)).toHaveLength(5)
})

test('the next sequence is the next one, or the next wrong one, up to the ends', async () => {
  const { controls } = await inspector()
  const { move } = controls.sequence
  expect(await move(choice, 1)).toBe(6)
  expect(await move({ ...choice, sequence: 0 }, -1)).toBeNull()
  expect(await move({ ...choice, sequence: 249 }, 1)).toBeNull()
  const wrong = wrongPredictions(tinyModel('r-lstm'), sequences)
  expect(await move({ ...choice, onlyWrong: true }, 1)).toBe(await wrong.next(5, 1))
})

test('a choice that does not exist is refused with what is allowed', async () => {
  const { draw } = await inspector()
  await expect(draw({ ...choice, target: 'none' })).rejects.toThrow('label, prediction or the number')
  await expect(draw({ ...choice, dataset: 'fashion-mnist-maj' })).rejects.toThrow('there are mnist-maj')
})
