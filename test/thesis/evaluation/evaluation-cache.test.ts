import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { cosine } from '../../../src/evaluation/index.js'
import { deepTaylor, sensitivity } from '../../../src/explanation/index.js'
import { projectRoot } from '../../../src/files/project-root.js'
import { evaluateModel } from '../../../src/thesis/evaluation/evaluate-model.js'
import type { EvaluateModelsOptions } from '../../../src/thesis/evaluation/evaluate-models.js'
import type { ModelEvaluation } from '../../../src/thesis/evaluation/evaluation.js'
import { evaluateModelsOnce } from '../../../src/thesis/evaluation/evaluation-cache.js'
import { evaluationFolder } from '../../../src/thesis/evaluation/kept-scores.js'
import type { Model } from '../../../src/thesis/models/model-value.js'
import { methodOf } from '../../../src/thesis/values/value-of.js'
import { elman, firstItem, ownModel, steepness } from '../own.js'

const LIMIT = 12
const project = projectRoot()
let folder: string
let model: Model

beforeAll(async () => {
  // A project of its own, so that nothing is kept in this one.
  folder = mkdtempSync(join(tmpdir(), 'evaluation-cache-'))
  writeFileSync(join(folder, 'package.json'), '{ "name": "executable-thesis" }\n')
  process.chdir(folder)
  model = await ownModel()
})
afterAll(() => {
  process.chdir(project)
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(() => rmSync(evaluationFolder(), { recursive: true, force: true }))

const kept = (): string[] => {
  try {
    return readdirSync(evaluationFolder()).sort()
  } catch {
    return []
  }
}

/** Evaluates a model, and says whether anything was computed for it. */
async function evaluate(options: Partial<EvaluateModelsOptions> = {}, of: Model = model) {
  const notes: string[] = []
  const [evaluation] = await evaluateModelsOnce([of], {
    methods: [sensitivity, deepTaylor],
    limit: LIMIT,
    onNote: (note) => notes.push(note),
    ...options,
  })
  return { evaluation: evaluation!, isComputed: notes.length > 0, notes }
}

describe('an evaluation is kept', () => {
  it('by method and measure, and is the same when it is read', async () => {
    const first = await evaluate()
    expect(first.isComputed).toBe(true)
    expect(kept().map((name) => name.replace(/-[0-9a-f]{16}\.json$/, ''))).toEqual([
      'blots-elman-deepTaylor-cosine',
      'blots-elman-sensitivity-cosine',
    ])
    const again = await evaluate()
    expect(again.isComputed).toBe(false)
    expect(again.evaluation).toEqual(first.evaluation)
    const alone = await evaluateModel(model, { methods: [sensitivity, deepTaylor], limit: LIMIT })
    expect(again.evaluation).toEqual(alone)
  })

  it('and what is missing is added', async () => {
    await evaluate({ methods: [sensitivity] })
    expect((await evaluate({ methods: [deepTaylor] })).isComputed).toBe(true)
    expect(kept()).toHaveLength(2)
    const both = await evaluate()
    expect(both.isComputed).toBe(false)
    expect(Object.keys(both.evaluation.scores)).toEqual(['sensitivity', 'deepTaylor'])
  })

  it('by its parameters, its problem and the number of sequences', async () => {
    await evaluate()
    expect((await evaluate({ limit: LIMIT + 1 })).isComputed).toBe(true)
    const { parameters } = await ownModel(undefined, 2)
    expect((await evaluate({}, { ...model, parameters })).isComputed).toBe(true)
    const problem = { ...model.configuration.problem, seed: 2 }
    const configuration = { ...model.configuration, problem }
    expect((await evaluate({}, { ...model, configuration })).isComputed).toBe(true)
    expect((await evaluate()).isComputed).toBe(false)
    expect(kept()).toHaveLength(8)
  })

  it('of a network from a cell by the fingerprint of its computation', async () => {
    await evaluate()
    const other = { ...elman, title: 'Another title' }
    const same = await evaluate({}, { ...model, architecture: other })
    expect(same.isComputed).toBe(false)
    const configuration = { ...model.configuration, fingerprint: 'of another computation' }
    expect((await evaluate({}, { ...model, configuration })).isComputed).toBe(true)
  })

  it('but not by a method or a measure from a cell, whose code nobody knows', async () => {
    const options = { methods: [steepness, sensitivity], measures: [cosine, firstItem] }
    const first = await evaluate(options)
    expect(kept().map((name) => name.split('-').slice(0, 4).join('-'))).toEqual([
      'blots-elman-sensitivity-cosine',
    ])
    const again = await evaluate(options)
    expect(again.isComputed).toBe(true)
    expect(again.evaluation).toEqual(first.evaluation)
    expect(again.notes).toEqual([
      "blots elman is evaluated in this process, because network 'elman', dataset 'blots', method 'steepness' and measure 'first' were made in it",
    ])
  })

  it('but not where a file was edited after its code was loaded', async () => {
    const file = join(folder, 'late.ts')
    const source = (start: 'one' | 'logit') =>
      `import { defineMethod, gradientWalk } from ${JSON.stringify(pathToFileURL(join(project, 'src/explanation/index.ts')).href)}
export const late = defineMethod({
  id: 'late',
  title: 'Late',
  attribute: ({ walk }) => walk({ ...gradientWalk, start: '${start}' }),
})
`
    writeFileSync(file, source('one'))
    const late = await methodOf(file)
    writeFileSync(file, source('logit'))
    expect((await evaluate({ methods: [late] })).isComputed).toBe(true)
    expect(kept()).toEqual([])
    expect((await evaluate({ methods: [late] })).isComputed).toBe(true)
  })
})

describe('a kept evaluation that is damaged', () => {
  /** The same file with other content, under a seal that fits it. */
  function resealed(text: string, change: (described: Record<string, unknown>) => void): string {
    const { seal: _, ...described } = JSON.parse(text)
    change(described)
    const seal = createHash('sha256').update(JSON.stringify(described)).digest('hex')
    return `${JSON.stringify({ ...described, seal })}\n`
  }
  const scoresOf = (described: Record<string, unknown>) => described.scores as (number | null)[]

  it.each<[string, (text: string) => string]>([
    ['truncated', (text) => text.slice(0, -20)],
    ['empty', () => ''],
    ['all zeros', (text) => text.replace(/"scores":\[[^\]]*\]/, (all) => all.replace(/-?[\d.e-]+/g, '0'))],
    ['a score that was edited', (text) => text.replace(/"scores":\[/, '"scores":[1e0,')],
    ['of another length', (text) => resealed(text, (described) => scoresOf(described).pop())],
    [
      'of more sequences than were asked for',
      (text) =>
        resealed(text, (described) => {
          scoresOf(described).push(0.5)
          described.correct = `${described.correct}1`
        }),
    ],
    [
      'not finite',
      (text) =>
        resealed(text, (described) => {
          scoresOf(described)[0] = null
        }),
    ],
    [
      'without scores',
      (text) =>
        resealed(text, (described) => {
          described.scores = undefined
        }),
    ],
    [
      'without a baseline',
      (text) =>
        resealed(text, (described) => {
          described.baseline = null
        }),
    ],
    ['of another key', (text) => text.replace('"limit":12', '"limit":13')],
  ])('%s is never shown, and made anew', async (_, damage) => {
    const { evaluation } = await evaluate({ methods: [sensitivity] })
    const file = join(evaluationFolder(), kept()[0]!)
    const whole = readFileSync(file, 'utf8')
    writeFileSync(file, damage(whole))
    expect(readFileSync(file, 'utf8')).not.toBe(whole)
    const again = await evaluate({ methods: [sensitivity] })
    expect(again.isComputed).toBe(true)
    expect(again.evaluation).toEqual(evaluation satisfies ModelEvaluation)
    expect(readFileSync(file, 'utf8')).toBe(whole)
  })
})

describe('an evaluation is refused', () => {
  it('where two values have one id', async () => {
    const twin = { ...steepness }
    await expect(evaluate({ methods: [steepness, twin] })).rejects.toThrow(
      "two methods have the id 'steepness'; give one of them another id",
    )
    await expect(evaluate({ measures: [firstItem, { ...firstItem }] })).rejects.toThrow(
      "two measures have the id 'first'",
    )
    const other = await ownModel()
    const networks = [model, { ...other, architecture: { ...elman } }]
    await expect(evaluateModelsOnce(networks, { methods: [sensitivity] })).rejects.toThrow(
      "two networks have the id 'elman'",
    )
  })

  it('where nothing is chosen, there is no such name, or the limit is none', async () => {
    await expect(evaluate({ methods: [] })).rejects.toThrow('no method is chosen; at least one is needed')
    await expect(evaluate({ measures: [] })).rejects.toThrow('no measure is chosen')
    await expect(evaluate({ methods: ['nonsense'] })).rejects.toThrow(
      "method 'nonsense' is unknown; there are ",
    )
    await expect(evaluate({ limit: 0 })).rejects.toThrow(
      'limit is 0; it must be a whole number of at least 1',
    )
  })

  it('where a baseline is not in the range of its measure', async () => {
    const odd = { ...firstItem, id: 'odd', baseline: () => 2 }
    await expect(evaluate({ measures: [odd] })).rejects.toThrow(
      'measure odd has the baseline 2; it must be a number in [0, 1]',
    )
  })
})
