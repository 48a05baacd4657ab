/** What a layer's pre-activation goes through before the next layer reads it. */
export type Activation = 'linear' | 'relu' | 'tanh'

/** What a gate's pre-activation goes through; a hard sigmoid is min(1, max(0, x)), its slope and offset being part of the parameters. */
export type GateActivation = 'sigmoid' | 'hardSigmoid'

/** Weights that an input is multiplied by, and a bias. */
export interface DenseLayer {
  readonly type: 'dense'
  readonly name: string
  readonly activation: Activation
}

/** A convolution with stride 1. */
export interface ConvolutionLayer {
  readonly type: 'convolution'
  readonly name: string
  readonly activation: Activation
  /** The rows and columns that the kernel covers; where that is even the parameters hold one row or column of zeros before it. */
  readonly extent: readonly [number, number]
  /** `valid` keeps the places where the kernel lies within the image. */
  readonly padding: 'same' | 'valid'
}

/** The maximum or mean of blocks of 2×2. */
export interface PoolingLayer {
  readonly type: 'pooling'
  readonly name: string
  readonly of: 'maximum' | 'average'
  /** Whether a last odd row or column makes blocks of its own (`same`) or is left out (`valid`). */
  readonly padding: 'same' | 'valid'
}

/** The cells that can be read: `gru` as Cho et al. (2014) wrote it, `gruResetAfter` as cuDNN, PyTorch and Keras by default compute it. */
export type CellType = 'simple' | 'lstm' | 'gru' | 'gruResetAfter'

/** A recurrence over the steps of a sequence. */
export interface RecurrentLayer {
  readonly type: 'recurrent'
  readonly name: string
  readonly cell: CellType
  readonly activation: Activation
  readonly gates: GateActivation
  /** From the first step to the last, from the last to the first, or two cells of the same kind that do either. */
  readonly direction: 'forward' | 'backward' | 'both'
  /** How the outputs of two directions become one. */
  readonly merge: 'concatenate' | 'sum'
  /**
   * What the next layer reads: the outputs of all steps; those at the last step of the sequence; or those after all of it was read,
   * which for a cell that reads backwards is at the first step. One direction alone gives all steps in the order of its reading.
   */
  readonly output: 'allSteps' | 'lastStep' | 'finalState'
}

/** A function of each number alone, where it does not follow a layer that has it as its activation. */
export interface ActivationLayer {
  readonly type: 'activation'
  readonly name: string
  readonly activation: Activation
}

export interface DropoutLayer {
  readonly type: 'dropout'
  readonly name: string
}

/** All numbers in one row: of the whole sequence, or of each step. */
export interface FlattenLayer {
  readonly type: 'flatten'
  readonly name: string
  readonly perStep: boolean
}

/** The same numbers, row-major, in another shape: of the whole sequence, or of each step. */
export interface ReshapeLayer {
  readonly type: 'reshape'
  readonly name: string
  readonly perStep: boolean
  /** At most one is −1: whatever is left. */
  readonly shape: readonly number[]
}

/** Axes in another order, counted from 1: those of the whole sequence, or of each step. */
export interface PermuteLayer {
  readonly type: 'permute'
  readonly name: string
  readonly perStep: boolean
  readonly axes: readonly number[]
}

/** One layer of a chain. The same for every program that a model comes from, and plain JSON. */
export type ImportedLayer =
  | DenseLayer
  | ConvolutionLayer
  | PoolingLayer
  | RecurrentLayer
  | ActivationLayer
  | DropoutLayer
  | FlattenLayer
  | ReshapeLayer
  | PermuteLayer

/**
 * How a network reads sequences: step by step or as one image; and whether its first layer gets the pixels of a frame or image in one row
 * (row-major), as a matrix, or as a matrix of one channel.
 */
export interface NetworkInput {
  readonly reads: 'steps' | 'image'
  readonly pixels: 'row' | 'matrix' | 'channel'
  /** The range of the pixels that the model was trained on. Its parameters here are for this project's, [−1, 1]. */
  readonly trainedOn: readonly [low: number, high: number]
}

/** A network as a chain of layers, the last of which is dense and gives the logits. Plain JSON. */
export interface ImportedNetwork {
  readonly id: string
  readonly title: string
  readonly input: NetworkInput
  readonly layers: readonly ImportedLayer[]
}
