import { describe as about, expect, it } from 'vitest'
import { describe } from '../../../src/architectures/index.js'
import { architecture, architectures } from '../../../src/catalogue/index.js'
import { THESIS_GEOMETRY } from '../../../src/network/geometry.js'
import { sizeOf } from '../../../src/network/parameters.js'

const of = (id: string) => describe(architecture(id), THESIS_GEOMETRY)
const edgesOf = (id: string) =>
  of(id).edges.map(({ from, to, kind }) => `${from} ${kind === 'forward' ? '→' : '⟲'} ${to}`)
const layersOf = (id: string) =>
  of(id).layers.map(({ name, kind, units, window, activation, time }) =>
    [name, kind, window?.join('×'), units, activation, time].filter((part) => part != null).join(' '),
  )

about('Shallow', () => {
  it('is two layers at each step and a readout', () => {
    expect(layersOf('shallow')).toEqual([
      'hidden dense 256 relu eachStep',
      'recurrent dense 256 relu eachStep',
      'readout dense 10 once',
    ])
  })

  it('hands the recurrent layer to the next step, so that the state between steps is `hidden` behind it', () => {
    expect(edgesOf('shallow')).toEqual([
      'pixels → hidden',
      'recurrent ⟲ hidden',
      'hidden → recurrent',
      'hidden → readout',
    ])
    expect(of('shallow').states).toEqual([{ name: 'hidden', units: 256 }])
    expect(of('shallow').cells).toEqual([])
  })
})

about('Deep', () => {
  it('computes its input layer for all steps at once, its recurrence at each step, its output once', () => {
    expect(layersOf('deep')).toEqual([
      'input dense 256 relu allSteps',
      'hidden dense 128 relu eachStep',
      'recurrent dense 256 relu eachStep',
      'output dense 32 relu once',
      'readout dense 10 once',
    ])
    expect(edgesOf('deep')).toEqual([
      'pixels → input',
      'input → hidden',
      'recurrent ⟲ hidden',
      'hidden → recurrent',
      'hidden → output',
      'output → readout',
    ])
  })

  it('multiplies what its layers and steps take, the recurrent layer in all steps but the last', () => {
    const [input, hidden] = [12 * 28 * 7 * 256, 12 * (256 + 256) * 128]
    const [recurrent, output, readout] = [11 * 128 * 256, 128 * 32, 32 * 10]
    expect(of('deep').multiplications).toBe(input + hidden + recurrent + output + readout)
  })
})

about('ConvDeep', () => {
  it('has two convolutions with a pool of means behind each, before the layers of Deep', () => {
    expect(layersOf('convdeep').slice(0, 5)).toEqual([
      'conv1 convolution 5×5 24 relu allSteps',
      'pool1 averagePool 2×2 24 allSteps',
      'conv2 convolution 3×3 32 relu allSteps',
      'pool2 averagePool 2×2 32 allSteps',
      'input dense 128 relu allSteps',
    ])
    expect(edgesOf('convdeep').slice(0, 5)).toEqual([
      'pixels → conv1',
      'conv1 → pool1',
      'pool1 → conv2',
      'conv2 → pool2',
      'pool2 → input',
    ])
  })

  it('multiplies a kernel at every pixel of every frame', () => {
    const { products } = of('convdeep')
    expect(products.slice(0, 2)).toEqual([
      { layer: 'conv1', rows: 12 * 28 * 7, inputs: 5 * 5, outputs: 24, readsPixels: true },
      { layer: 'conv2', rows: 12 * 14 * 4, inputs: 3 * 3 * 24, outputs: 32, readsPixels: false },
    ])
  })

  it('convolves a long sequence in parts, which are still all steps at once', () => {
    const long = { ...THESIS_GEOMETRY, steps: 310 }
    const described = describe(architecture('convdeep'), long)
    expect(described.layers[0]).toMatchObject({ name: 'conv1', time: 'allSteps' })
    expect(described.edges).toEqual(of('convdeep').edges)
  })
})

about('R-LSTM', () => {
  it('has one LSTM cell of gates and candidate, whose memory is `cell`', () => {
    expect(of('r-lstm').cells).toEqual([
      { layers: ['gates', 'candidate'], units: 72, memory: 'cell', kind: 'lstm' },
    ])
    expect(of('r-lstm').states).toEqual([{ name: 'cell', units: 72 }])
  })

  it('has three gates in one sigmoid layer, and a ReLU where an LSTM has tanh', () => {
    expect(layersOf('r-lstm')).toEqual([
      'input dense 256 relu allSteps',
      'gates dense 216 sigmoid eachStep',
      'candidate dense 72 relu eachStep',
      'readout dense 10 once',
    ])
    expect(of('r-lstm').layers[1]!.parameters).toEqual([
      'inputGate.kernel',
      'forgetGate.kernel',
      'outputGate.kernel',
      'inputGate.bias',
      'forgetGate.bias',
      'outputGate.bias',
    ])
  })

  it('hands what the cell puts out to its own layers at the next step', () => {
    expect(new Set(edgesOf('r-lstm'))).toEqual(
      new Set([
        'pixels → input',
        'input → gates',
        'input → candidate',
        'gates ⟲ gates',
        'gates ⟲ candidate',
        'candidate ⟲ gates',
        'candidate ⟲ candidate',
        'gates → readout',
        'candidate → readout',
      ]),
    )
  })
})

about('ConvR-LSTM', () => {
  it('has the cell of R-LSTM, larger, behind the convolutions of ConvDeep', () => {
    expect(of('conv-r-lstm').cells).toEqual([
      { layers: ['gates', 'candidate'], units: 96, memory: 'cell', kind: 'lstm' },
    ])
    expect(layersOf('conv-r-lstm').slice(0, 4)).toEqual(layersOf('convdeep').slice(0, 4))
  })
})

about.each(architectures.map((value) => [value.id, value] as const))('%s', (_id, value) => {
  const description = describe(value, THESIS_GEOMETRY)

  it('uses each of its parameters in one layer', () => {
    const used = description.layers.flatMap(({ parameters }) => parameters)
    expect(used.toSorted()).toEqual(
      value
        .parameters(THESIS_GEOMETRY, value.units)
        .map(({ name }) => name)
        .toSorted(),
    )
  })

  it('reads pixels in one layer, to which training passes no gradient', () => {
    const readers = new Set(
      description.products.filter(({ readsPixels }) => readsPixels).map(({ layer }) => layer),
    )
    expect([...readers]).toEqual(
      description.edges.filter(({ from }) => from === 'pixels').map(({ to }) => to),
    )
  })

  it('has no layer whose steps go backwards', () => {
    expect(description.layers.filter(({ isBackward }) => isBackward)).toEqual([])
  })

  it('multiplies each weight by as many rows as its products say', () => {
    for (const { name, kind, parameters } of description.layers) {
      if (kind !== 'dense') continue
      const kernels = value
        .parameters(THESIS_GEOMETRY, value.units)
        .filter((spec) => spec.kind === 'kernel' && parameters.includes(spec.name))
      const own = description.products.filter(({ layer }) => layer === name)
      const perRow = kernels.reduce((sum, { shape }) => sum + sizeOf(shape), 0)
      const times = own.reduce((sum, { rows, inputs }) => sum + rows * inputs, 0) / kernels[0]!.shape[0]!
      const multiplied = own.reduce((sum, { rows, inputs, outputs }) => sum + rows * inputs * outputs, 0)
      expect(multiplied).toBe(Math.round(times * perRow))
    }
  })
})
