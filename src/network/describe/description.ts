/** What a layer computes. */
export type LayerKind = 'dense' | 'convolution' | 'averagePool' | 'maxPool'

/** When a layer is computed: for all steps at once, at each step, or once for a sequence. */
export type LayerTime = 'allSteps' | 'eachStep' | 'once'

/** One layer of a network. */
export interface LayerDescription {
  readonly name: string
  readonly kind: LayerKind
  /** Neurons, or maps of a convolution or pool. */
  readonly units: number
  /** The sides of a convolution's kernel or of a pool's blocks. */
  readonly window?: readonly [height: number, width: number]
  /** What its sum passes through, or null. */
  readonly activation: 'relu' | 'tanh' | 'sigmoid' | 'hardSigmoid' | null
  readonly time: LayerTime
  /** Whether its steps go from the last to the first. */
  readonly isBackward: boolean
  /** The parameters that it uses. */
  readonly parameters: readonly string[]
}

/** A connection between layers; `pixels` is where sequences enter. */
export interface EdgeDescription {
  readonly from: string
  readonly to: string
  /** A recurrent edge reaches the step that is computed next. */
  readonly kind: 'forward' | 'recurrent'
}

/** Layers that gates tie together to one cell. */
export interface CellDescription {
  /** The layers of the cell, in the order in which they are computed. */
  readonly layers: readonly string[]
  readonly units: number
  /** The tap of its memory, which is carried from step to step element by element; null where none is tapped. */
  readonly memory: string | null
  /** An `lstm` cell hands on something else than its memory; a `gated` one the memory itself. */
  readonly kind: 'lstm' | 'gated'
}

/** A signal that carries what was read so far from step to step. */
export interface StateDescription {
  /** The name of its tap. */
  readonly name: string
  readonly units: number
}

/** A product of a layer: rows × inputs by inputs × outputs, as often as given. */
export interface ProductDescription {
  readonly layer: string
  readonly rows: number
  readonly inputs: number
  readonly outputs: number
  /** Whether what it reads are pixels, to which training passes no gradient. */
  readonly readsPixels: boolean
}

/** What one walk through a network tells of it. */
export interface Description {
  /** In the order in which they are first computed. */
  readonly layers: readonly LayerDescription[]
  readonly edges: readonly EdgeDescription[]
  readonly cells: readonly CellDescription[]
  /** The states, the memory of cells where there is one, in the order in which they are computed. */
  readonly states: readonly StateDescription[]
  /** The products that one sequence takes. */
  readonly products: readonly ProductDescription[]
  /** Multiplications in products for one sequence. */
  readonly multiplications: number
  /** A digest of the computation: 64 hexadecimal digits that change exactly when the computation does. */
  readonly fingerprint: string
}
