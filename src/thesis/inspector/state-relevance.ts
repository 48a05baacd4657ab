import type { TapRecord } from '../../explanation/index.js'
import type { StateRelevance } from '../../figures/drawings/state-map.js'

/** The taps at a network's memory, from the one that holds more to the one that holds less: an LSTM's cell, a layer's output. */
const STATES = ['cell', 'hidden']

/**
 * The units of the hidden state through which most of a sequence's relevance passes, over all steps.
 *
 * @param taps of an explanation that was recorded
 * @param row the sequence's place in the batch that was explained
 * @param count how many units, at most
 * @throws Error when no hidden state was recorded
 */
export function stateRelevance(taps: readonly TapRecord[], row: number, count: number): StateRelevance {
  const state = STATES.find((name) => taps.some((tap) => tap.name === name && typeof tap.step === 'number'))
  if (state === undefined) {
    const names = [...new Set(taps.map(({ name }) => name))].join(', ') || 'nothing'
    throw new Error(`recorded is ${names}; a hidden state, ${STATES.join(' or ')}, is needed`)
  }
  const steps = taps
    .filter((tap) => tap.name === state && typeof tap.step === 'number')
    .sort((a, b) => Number(a.step) - Number(b.step))
  const size = steps[0]!.shape[1]
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
