import type { ImportedLayer, ImportedNetwork } from '../importing/index.js'
import type { Description } from '../network/describe/index.js'
import type { NamedValues, ParameterSpec } from '../network/parameters.js'
import type { MethodOutcome } from '../thesis/imported/index.js'

/** Columns of text, each as wide as its widest entry. */
function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  return rows.map((row) =>
    row
      .map((text, column) => text.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  )
}

const CELLS = {
  simple: 'RNN',
  lstm: 'LSTM',
  gru: 'GRU',
  gruResetAfter: 'GRU, reset after the product',
} as const
const DIRECTIONS = { forward: '', backward: ', backwards', both: ', both directions' } as const

/** What a layer of a chain is, in words. */
function wordsOf(layer: ImportedLayer): string {
  switch (layer.type) {
    case 'dense':
      return layer.activation === 'linear' ? 'dense' : `dense, ${layer.activation}`
    case 'convolution': {
      const padding = layer.padding === 'valid' ? ', without padding' : ''
      return `convolution ${layer.extent.join('×')}${padding}, ${layer.activation}`
    }
    case 'pooling':
      return `${layer.of} of 2×2`
    case 'recurrent':
      return `${CELLS[layer.cell]}, ${layer.activation}${DIRECTIONS[layer.direction]}`
    case 'activation':
      return layer.activation
    default:
      return layer.type
  }
}

/** The layers of a network, what they are and how many parameters they have. */
export function layerLines(
  network: ImportedNetwork,
  description: Description,
  parameters: NamedValues,
): string[] {
  const counts = network.layers.map(({ name }) => {
    const own = Object.entries(parameters).filter(([parameter]) => parameter.startsWith(`${name}.`))
    return own.reduce((sum, [, { values }]) => sum + values.length, 0)
  })
  const unitsOf = (name: string) =>
    description.layers.findLast((layer) => layer.name === name || layer.name.startsWith(`${name}.`))?.units
  return columns([
    ['layer', 'is', 'units', 'parameters'],
    ...network.layers.map((layer, i) => [
      layer.name,
      wordsOf(layer),
      String(unitsOf(layer.name) ?? ''),
      counts[i] === 0 ? '' : String(counts[i]),
    ]),
  ])
}

/** How many parameters a network has, how many biases are positive, and which layers pass on negative numbers. */
export function parameterLine(
  { layers }: ImportedNetwork,
  specs: readonly ParameterSpec[],
  parameters: NamedValues,
): string {
  const count = (names: readonly string[], wanted: (value: number) => boolean = () => true) =>
    names.reduce((sum, name) => sum + parameters[name]!.values.filter(wanted).length, 0)
  const biases = specs.filter(({ kind }) => kind !== 'kernel').map(({ name }) => name)
  const positive = count(biases, (bias) => bias > 0)
  const signed = layers
    .slice(0, -1)
    .filter((layer) => 'activation' in layer && layer.activation !== 'relu')
    .map(({ name }) => name)
  const negative =
    signed.length === 0
      ? 'no layer passes on negative activations'
      : `negative activations come from ${signed.join(', ')}`
  return `${count(Object.keys(parameters))} parameters; ${positive} of ${count(biases)} biases are positive; ${negative}`
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

const NOTES = [
  'A positive bias is evidence that comes from nowhere: where a method books what enters, it is an input of 1 and its share is lost to the pixels.',
  'A method that is refused shares out by activations ≥ 0; the layer named is the first whose inputs may be negative.',
]

/** Which methods can explain a network, and what biases take where a method has a ledger. */
export function methodLines(outcomes: readonly MethodOutcome[]): string[] {
  const [onBiases, onRefusals] = NOTES as [string, string]
  return [
    ...columns(outcomes.map((outcome) => [outcome.title, verdict(outcome)])),
    ...(outcomes.some(({ shares }) => shares && shares.biases > 0) ? [onBiases] : []),
    ...(outcomes.some(({ refusal }) => refusal !== null) ? [onRefusals] : []),
  ]
}

function verdict({ title, refusal, shares }: MethodOutcome): string {
  if (refusal !== null) return `refused: ${refusal.replace(`${title} is `, '')}`
  if (shares === null) return 'explains it; biases and signs do not restrict it'
  const parts = [
    `pixels get ${percent(shares.pixels)}`,
    `biases ${percent(shares.biases)}`,
    ...(shares.epsilon === 0 ? [] : [`ε ${percent(shares.epsilon)}`]),
    ...(shares.undistributed === 0 ? [] : [`undistributed ${percent(shares.undistributed)}`]),
  ]
  return `explains it; of what enters at the logits ${parts.join(', ')}`
}
