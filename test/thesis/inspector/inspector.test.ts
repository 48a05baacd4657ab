import { expect, test } from 'vitest'
import { methods } from '../../../src/catalogue/index.js'
import {
  deepTaylor,
  gradientTimesInput,
  occlusionByStep,
  sensitivity,
} from '../../../src/explanation/index.js'
import { inspectorFigure } from '../../../src/figures/drawings/inspector-figure.js'
import type { StateRelevance } from '../../../src/figures/drawings/state-map.js'
import { explainSequences } from '../../../src/thesis/evaluation/explain-sequences.js'
import { sequenceRelevance } from '../../../src/thesis/evaluation/sequence-relevance.js'
import { inspect } from '../../../src/thesis/inspector/inspect.js'
import { inspectionText } from '../../../src/thesis/inspector/inspection-text.js'
import { relevanceInspector } from '../../../src/thesis/inspector/inspector.js'
import type { InspectorChoice } from '../../../src/thesis/inspector/inspector-choice.js'
import { stateRelevance } from '../../../src/thesis/inspector/state-relevance.js'
import { wrongPredictions } from '../../../src/thesis/inspector/wrong-predictions.js'
import { majority } from '../../../src/thesis/models/majority.js'
import { recipe } from '../../../src/thesis/models/recipes.js'
import { untrainedModel } from '../../../src/thesis/models/untrained.js'
import { blots, elman, firstItem, ownModel, steepness } from '../own.js'
import { tinyModel, tinySequences } from '../tiny.js'

const sequences = tinySequences(250)
const all = Array.from({ length: sequences.count }, (_, s) => s)

test('an inspection agrees with the evaluation of the same sequence', async () => {
  const model = tinyModel('r-lstm')
  const seen = await inspect(model, sequences, 7, { methods: [sensitivity, deepTaylor] })
  for (const [i, method] of [sensitivity, deepTaylor].entries()) {
    const [row] = await sequenceRelevance(model, sequences, [7], { method })
    const { steps, items, score } = seen.explanations[i]!
    expect(steps).toEqual(row!.steps)
    expect(items).toEqual(row!.items)
    expect(score).toBeCloseTo(row!.scores.cosine!, 10)
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
    const [{ state, size, units }] = explanations[0]!.states as [StateRelevance]
    expect([state, size, units.length, units[0]!.steps.length]).toEqual(['hidden', 6, 3, 12])
  },
)

test.each(['r-lstm', 'conv-r-lstm'])('%s remembers in its cell', async (network) => {
  const { explanations } = await inspect(tinyModel(network), sequences, 4, { methods: [sensitivity] })
  const [{ state, size, units, share }] = explanations[0]!.states as [StateRelevance]
  expect([state, size, units.length, share]).toEqual(['cell', 5, 5, 1])
})

test('the top units are those with the largest absolute relevance over all steps', async () => {
  const explanation = await explainSequences(tinyModel(), sequences, [3, 9], {
    method: gradientTimesInput,
    record: true,
  })
  const whole = stateRelevance(explanation.taps, 'hidden', 1, 6)!
  const sizes = whole.units.map(({ steps }) => steps.reduce((sum, value) => sum + Math.abs(value), 0))
  expect(sizes).toEqual([...sizes].sort((a, b) => b - a))
  expect(whole.units.map(({ unit }) => unit).sort()).toEqual([0, 1, 2, 3, 4, 5])
  const tap = explanation.taps.find(({ name, step }) => name === 'hidden' && step === 11)!
  for (const { unit, steps } of whole.units) expect(steps[11]).toBe(tap.relevance[6 + unit])
  const top = stateRelevance(explanation.taps, 'hidden', 1, 2)!
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
  const last = stateRelevance(taps, 'hidden', 0, 6)!.units.reduce((sum, { steps }) => sum + steps[11]!, 0)
  expect(last).toBeGreaterThan(0)
  expect(last).toBeLessThanOrEqual(entered[0]! * 1.0001)
})

test('a method that passes nothing through the network has no states, and is shown without', async () => {
  expect(stateRelevance([], 'hidden', 0, 3)).toBeNull()
  const inspection = await inspect(tinyModel(), sequences, 3, { methods: [occlusionByStep, sensitivity] })
  expect(inspection.explanations.map(({ states }) => states.length)).toEqual([0, 1])
  expect(inspectionText(inspection)).toMatch(/\| Occ \|.*\| none recorded \|/)
  expect(() => inspectorFigure(inspection)).not.toThrow()
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
    load: async (_, { id }) => tinyModel(id),
    test: async () => sequences,
  })

const choice: InspectorChoice = {
  sequence: 5,
  onlyWrong: false,
  dataset: 'mnist-maj',
  network: 'r-lstm',
  beside: 'none',
  target: 'label',
  methods: ['sensitivity', 'deepTaylor'],
  measure: 'cosine',
  scale: 'map',
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
  expect(controls.network.options().map(({ value }) => value)).toEqual([
    'shallow',
    'r-lstm',
    'shallow:untrained',
    'r-lstm:untrained',
  ])
  const targets = controls.target.options(choice).map(({ value }) => value)
  expect(targets).toHaveLength(12)
  for (const target of ['label', 'prediction', '9']) {
    expect(targets).toContain(target)
    expect((await draw({ ...choice, target })).text).toContain('Explained is')
  }
  expect(controls.methods.options.map(({ value }) => value)).toEqual(methods.map(({ id }) => id))
  expect(controls.measure.options().map(({ value }) => value)).toContain('cosine')
  for (const { id } of methods)
    expect((await draw({ ...choice, methods: [id] })).text.match(/^\| (?!method|---)/gm)).toHaveLength(1)
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
  await expect(draw({ ...choice, measure: 'sine' })).rejects.toThrow("measure is 'sine'; there are cosine")
  await expect(draw({ ...choice, methods: [] })).rejects.toThrow('no method is chosen')
  const { choice: first } = await inspector()
  expect(() => first({ network: 'lstm' })).toThrow("network is 'lstm'; there are shallow, r-lstm")
})

test('values that were made in a cell are inspected like shipped ones', async () => {
  const model = await ownModel()
  const { controls, choice, draw } = await relevanceInspector({
    models: [model],
    methods: [steepness, 'deepTaylor'],
    measures: [firstItem, 'cosine'],
  })
  const first = choice({ network: 'elman', measure: 'first', methods: ['deepTaylor', 'steepness'] })
  expect(first).toMatchObject({ dataset: 'blots', sequence: 0, target: 'label' })
  expect(controls.network.options().filter(({ value }) => /^elman(:|$)/.test(value))).toEqual([
    { value: 'elman', label: 'Elman' },
    { value: 'elman:untrained', label: 'Elman, untrained' },
  ])
  expect(controls.target.options(first).slice(2)).toEqual([
    { value: '0', label: 'class dot' },
    { value: '1', label: 'class line' },
    { value: '2', label: 'class blob' },
  ])
  const { text, figure } = await draw(first)
  expect(text).toContain('Test sequence 0 of Blots**, label ')
  expect(text).toContain('Elman predicts')
  expect(text).toContain('By relevant item first, an explanation that knows nothing scores 0.67.')
  expect(text).toMatch(/\| \\\|g\\\| \|.*\| memory \d/)
  expect(figure.alt).toContain('Elman')
})

test('datasets with different numbers of classes keep one list of targets', async () => {
  const model = await ownModel()
  const { controls, choice } = await relevanceInspector({
    datasets: [blots, 'mnist-maj'],
    models: [model],
    networks: [elman],
    test: async (dataset) => (dataset === blots ? (await majority(blots)).test : sequences),
  })
  const labels = controls.target.options(choice({ dataset: 'blots' })).map(({ label }) => label)
  expect(labels).toHaveLength(12)
  expect(labels.slice(4, 6)).toEqual(['class blob', 'no class 3'])
})

test('two values with one id are refused', async () => {
  const other = { ...steepness }
  await expect(
    relevanceInspector({ datasets: [blots], networks: [elman], methods: [steepness, other] }),
  ).rejects.toThrow("two methods have the id 'steepness'")
})

test('two networks stand side by side, also a trained one beside an untrained one, and the figure says which colours they share', async () => {
  const { draw } = await relevanceInspector({
    datasets: ['mnist-maj'],
    networks: ['r-lstm'],
    load: async (_, { id }) => tinyModel(id, 7),
    test: async () => sequences,
  })
  for (const [scale, said] of [
    ['map', 'each map and each state has a scale of its own'],
    ['method', 'the maps of a method share a scale'],
    ['figure', 'all maps share one scale'],
  ] as const) {
    const methods = ['sensitivity', 'gradientTimesInput']
    const { text, figure } = await draw({ ...choice, methods, beside: 'r-lstm:untrained', scale })
    expect(text).toContain('R-LSTM predicts')
    expect(text).toContain('R-LSTM, untrained predicts')
    expect(figure.alt).toContain('R-LSTM, untrained predicts')
    const written = (figure.layout.annotations ?? []).map(({ text }) => text?.replaceAll('<br>', ' '))
    expect(written.join('\n')).toContain(said)
    const ends = figure.data.flatMap((trace) =>
      'zmax' in trace && 'hovertemplate' in trace && String(trace.hovertemplate).includes('row %{y}')
        ? [[Number(trace.zmax), exponentOf(String(trace.hovertemplate))]]
        : [],
    )
    const distinct = new Set(ends.map(([end, exponent]) => (end! * 10 ** exponent!).toPrecision(4)))
    expect([ends.length, distinct.size]).toEqual([4, { map: 4, method: 2, figure: 1 }[scale]])
  }
})

/** The power of ten that the values of a map are to be multiplied by. */
const exponentOf = (template: string): number =>
  Number(/× 10<sup>([−\d]+)/.exec(template)?.[1]?.replace('−', '-') ?? 0)

test('the untrained network is the one that the training of its recipe began with', async () => {
  const { draw } = await relevanceInspector({ datasets: ['mnist-maj'], test: async () => sequences })
  const { text } = await draw({ ...choice, network: 'shallow:untrained', methods: ['sensitivity'] })
  const untrained = await untrainedModel(recipe('mnist-maj', 'shallow'))
  const seen = await inspect(untrained, sequences, 5, { methods: ['sensitivity'] })
  expect(text).toBe(inspectionText(seen))
  expect(text).toContain('Shallow, untrained predicts')
})

test('a network beside itself, an unknown scale and a sequence that is none are refused', async () => {
  const { draw, choice: first } = await inspector()
  await expect(draw({ ...choice, beside: 'r-lstm' })).rejects.toThrow('the network itself')
  await expect(draw({ ...choice, scale: 'row' })).rejects.toThrow('one of map, method, figure')
  for (const sequence of [1.5, -1, 250, 99999])
    expect(() => first({ sequence })).toThrow(`sequence is ${sequence}; there are 0 to 249`)
  expect(() => first({ beside: 'lstm:untrained' })).toThrow("network is 'lstm'; there are shallow, r-lstm")
})

test('a view is explained once: going back gives the same explanations at once', async () => {
  const explained: number[] = []
  const counted = {
    ...steepness,
    attribute: (...given: Parameters<typeof steepness.attribute>) => {
      explained.push(1)
      return steepness.attribute(...given)
    },
  }
  const { draw } = await relevanceInspector({
    datasets: ['mnist-maj'],
    networks: ['r-lstm'],
    methods: [counted],
    load: async (_, { id }) => tinyModel(id),
    test: async () => sequences,
  })
  const one = { ...choice, methods: ['steepness'] }
  const first = await draw(one)
  await draw({ ...one, sequence: 6 })
  const again = await draw({ ...one, scale: 'figure' })
  expect(again.text).toBe(first.text)
  expect(explained).toHaveLength(2)
})

test('five methods stand in one row on a double column, and in two rows where they do not fit', async () => {
  const ids = ['sensitivity', 'gradientTimesInput', 'guidedBackprop', 'deepTaylor', 'lrpZero']
  const figure = inspectorFigure(await inspect(tinyModel('r-lstm'), sequences, 5, { methods: ids }))
  const rowsAt = (widthMm: number): number => {
    const { data, layout } = figure.forWidth!(widthMm)
    const axes = data.flatMap((trace) =>
      'hovertemplate' in trace && String(trace.hovertemplate).includes('row %{y}') && 'yaxis' in trace
        ? [String(trace.yaxis).replace('y', 'yaxis')]
        : [],
    )
    expect(axes).toHaveLength(5)
    const domains = axes.map((axis) => Reflect.get(layout, axis).domain[0])
    return new Set(domains).size
  }
  expect([328, 178, 165, 140, 85].map(rowsAt)).toEqual([1, 1, 1, 2, 3])
})

test('every method has the sequence over its map, in panels that zoom together', async () => {
  const { data, layout } = inspectorFigure(
    await inspect(tinyModel('r-lstm'), sequences, 5, { methods: [sensitivity, deepTaylor] }),
  )
  const inputs = data.filter((trace) => 'zmax' in trace && trace.zmax === 255)
  expect(inputs).toHaveLength(3)
  const domainOf = (trace: object, axis: 'x' | 'y') =>
    Reflect.get(layout, String(Reflect.get(trace, `${axis}axis`)).replace(axis, `${axis}axis`)).domain
  const maps = data.filter(
    (trace) => 'hovertemplate' in trace && String(trace.hovertemplate).includes('row %{y}'),
  )
  for (const [i, map] of maps.entries()) {
    expect(domainOf(map, 'x')).toEqual(domainOf(inputs[i + 1]!, 'x'))
    expect(domainOf(map, 'y')[1]).toBeLessThan(domainOf(inputs[i + 1]!, 'y')[0])
  }
})

test('the code of a view names what any notebook finds, and asks the inspector for what only this one has', async () => {
  const shipped = await relevanceInspector({ datasets: ['mnist-maj'], networks: ['shallow'] })
  const code = shipped.code({ ...choice, network: 'shallow', beside: 'shallow:untrained', target: '3' })
  expect(code).toContain("inspect(await loadModel('mnist-maj', 'shallow'), test, 5, options)")
  expect(code).toContain("untrainedModel(await recipeOf('mnist-maj', 'shallow'))")
  expect(code).toContain('target: 3,')
  expect(code).not.toContain('inspector.draw')
  const own = await relevanceInspector({ models: [await ownModel()], methods: [steepness] })
  expect(own.code(own.choice({ methods: ['steepness'] }))).toContain("methods: ['steepness'],")
  expect(own.code(own.choice())).toContain('await inspector.draw({')
  expect(shipped.fileName({ ...choice, beside: 'shallow:untrained' })).toBe(
    'inspector-mnist-maj-5-r-lstm-beside-shallow-untrained',
  )
})
