import { networkName } from '../kit/names.js'

export type LayerKind = 'input' | 'conv' | 'pool' | 'dense' | 'recurrent' | 'cell' | 'readout'

export interface NetworkLayer {
  /** Identifies the layer in edges. */
  readonly name: string
  readonly label: string
  /** Such as "256" or "5×5×24". */
  readonly units: string
  readonly kind: LayerKind
  /** The names of a cell's gates, which are written into its box. */
  readonly gates?: readonly string[]
  /** Height in the drawing, from 0 at the bottom. Default: one above the highest layer that feeds it. Equal rows align networks. */
  readonly row?: number
  /** 0 for a layer of its own place, 1 beside what feeds it. Default: 1 where it only reaches the next step. */
  readonly column?: number
  /** Whether it runs once, after the last step. Default: for the readout, and for what follows such a layer. */
  readonly atEnd?: boolean
}

export interface NetworkEdge {
  readonly from: string
  readonly to: string
  /**
   * `recurrent` edges reach the next step, `recurrentBackward` edges the step before, where a network also reads backwards;
   * `everyStep` edges bring what all steps gave to a layer that runs at the end.
   */
  readonly kind: 'forward' | 'recurrent' | 'recurrentBackward' | 'everyStep'
}

/** A network as a diagram. */
export interface NetworkRow {
  readonly network: string
  readonly layers: readonly NetworkLayer[]
  readonly edges: readonly NetworkEdge[]
  /** How many steps the loop runs; without it the frame has no number. */
  readonly steps?: number
}

/** Whether an edge leads to another step. */
export const isRecurrent = ({ kind }: NetworkEdge): boolean => kind.startsWith('recurrent')

/** @throws Error naming the first layer that is there twice, or that an edge names and that does not exist */
export function assertLayers({ network, layers, edges }: NetworkRow): void {
  const names = layers.map((layer) => layer.name)
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice !== undefined) throw new Error(`${networkName(network)} has two layers "${twice}"`)
  for (const edge of edges) {
    const unknown = [edge.from, edge.to].find((name) => !names.includes(name))
    if (unknown !== undefined) {
      throw new Error(
        `An edge of ${networkName(network)} names the layer "${unknown}"; there are ${names.join(', ')}`,
      )
    }
  }
}
