import type { NamedValues, ParameterValues } from '../network/parameters.js'
import type { CellType } from './imported-layer.js'
import { added, scaled, sideBySide } from './matrix.js'

/** What one gate or candidate multiplies and adds. */
export interface GateValues {
  /** `[in, units]`. */
  readonly kernel: ParameterValues
  /** `[units, units]`. */
  readonly recurrentKernel: ParameterValues
  /** `[units]`. */
  readonly bias: ParameterValues
  /** A second bias, beside the recurrent product. */
  readonly recurrentBias: ParameterValues
}

/** The gates of a cell, in the order in which this project keeps them, and its candidate. */
export interface CellValues {
  readonly gates: readonly GateValues[]
  readonly candidate: GateValues
}

/** The slope of a hard sigmoid, which is 1/2 at 0; null for a sigmoid. */
export type GateSlope = number | null

/** The gates of each type of cell, by their letters, in the order in which this project keeps them. */
const OWN_ORDER: Readonly<Record<CellType, string>> = {
  simple: '',
  lstm: 'ifo',
  gru: 'zr',
  gruResetAfter: 'zr',
}

/**
 * A cell from its blocks in another program's order.
 *
 * @param order the letters of its gates i, f, o, z, r and of its candidate c
 */
export function cellOfBlocks(
  type: CellType,
  order: string,
  blocks: { readonly [K in keyof GateValues]: readonly ParameterValues[] },
): CellValues {
  const part = (letter: string): GateValues => {
    const i = order.indexOf(letter)
    return {
      kernel: blocks.kernel[i]!,
      recurrentKernel: blocks.recurrentKernel[i]!,
      bias: blocks.bias[i]!,
      recurrentBias: blocks.recurrentBias[i]!,
    }
  }
  return { gates: [...OWN_ORDER[type]].map(part), candidate: part('c') }
}

/** The parameters of a cell under its name; a hard sigmoid's slope and offset become part of the gates. */
export function cellParameters(
  name: string,
  type: CellType,
  { gates, candidate }: CellValues,
  slope: GateSlope,
): NamedValues {
  const biases = (gate: GateValues) => added(gate.bias, gate.recurrentBias)
  if (type === 'simple') return named(name, candidate.kernel, candidate.recurrentKernel, biases(candidate))
  const [steepness, offset] = slope === null ? [1, 0] : [slope, 0.5]
  const gateKernels = (of: (gate: GateValues) => ParameterValues) =>
    scaled(sideBySide(gates.map(of)), steepness)
  return {
    ...named(
      `${name}.gates`,
      gateKernels(({ kernel }) => kernel),
      gateKernels(({ recurrentKernel }) => recurrentKernel),
      scaled(sideBySide(gates.map(biases)), steepness, offset),
    ),
    ...(type === 'gruResetAfter'
      ? candidateResetAfter(`${name}.candidate`, candidate)
      : named(`${name}.candidate`, candidate.kernel, candidate.recurrentKernel, biases(candidate))),
  }
}

/** Here the state's product is a sum of its own. */
const candidateResetAfter = (name: string, candidate: GateValues): NamedValues => ({
  [`${name}.kernel`]: candidate.kernel,
  [`${name}.bias`]: candidate.bias,
  [`${name}.recurrent.kernel`]: candidate.recurrentKernel,
  [`${name}.recurrent.bias`]: candidate.recurrentBias,
})

const named = (
  name: string,
  kernel: ParameterValues,
  recurrentKernel: ParameterValues,
  bias: ParameterValues,
): NamedValues => ({
  [`${name}.kernel`]: kernel,
  [`${name}.bias`]: bias,
  [`${name}.recurrentKernel`]: recurrentKernel,
})
