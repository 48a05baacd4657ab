import { describe } from '../../architectures/describe.js'
import type { TapRecord } from '../../explanation/recorder.js'
import type { StateRelevance } from '../../figures/drawings/state-map.js'
import type { Model } from '../models/model-value.js'
import { geometryOf } from '../models/problem.js'

/** The taps at a model's states, such as the memory of an LSTM cell. */
export function statesOf({ architecture, dataset, configuration }: Model): string[] {
  const { problem, units } = configuration
  return describe(architecture, geometryOf(problem, dataset), units).states.map(({ name }) => name)
}

/**
 * The units of a hidden state through which most of a sequence's relevance passes, over all steps.
 *
 * @param taps of an explanation that was recorded
 * @param state the name of the state's tap
 * @param row the sequence's place in the batch that was explained
 * @param count how many units, at most
 * @returns null where the method passes nothing through the state, as one that removes parts
 */
export function stateRelevance(
  taps: readonly TapRecord[],
  state: string,
  row: number,
  count: number,
): StateRelevance | null {
  const steps = taps
    .filter((tap) => tap.name === state && typeof tap.step === 'number')
    .sort((a, b) => Number(a.step) - Number(b.step))
  const size = steps[0]?.shape[1]
  if (size === undefined) return null
  const units = Array.from({ length: size }, (_, unit) => {
    const values = steps.map(({ relevance }) => relevance[row * size + unit]!)
    return { unit, steps: values, absolute: values.reduce((sum, value) => sum + Math.abs(value), 0) }
  }).sort((a, b) => b.absolute - a.absolute || a.unit - b.unit)
  const total = units.reduce((sum, { absolute }) => sum + absolute, 0)
  const top = units.slice(0, count)
  return {
    state,
    size,
    units: top.map(({ unit, steps }) => ({ unit, steps })),
    share: total === 0 ? 0 : top.reduce((sum, { absolute }) => sum + absolute, 0) / total,
  }
}
