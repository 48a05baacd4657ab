import { convDeep } from './conv-deep.js'
import { convRLstm } from './conv-r-lstm.js'
import { deep } from './deep.js'
import { inputCellAttention } from './input-cell-attention.js'
import { rLstm } from './r-lstm.js'
import { shallow } from './shallow.js'

export type { Architecture } from './architecture.js'
export { defineArchitecture } from './define-architecture.js'
export { denseLayer, readout } from './dense-layer.js'
export { describe } from './describe.js'
export { convDeep, convRLstm, deep, inputCellAttention, rLstm, shallow }
