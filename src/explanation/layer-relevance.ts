import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { convolutionFor } from '../network/convolution-for.js'
import { customGradient } from '../network/custom-gradient.js'
import { dense } from '../network/linear.js'
import type { Domain, Term } from '../network/operations.js'
import { distribute } from './distribute.js'
import type { Recorder } from './recorder.js'
import type { AnyLinear, InputRange, LayerRule, LayerType, Rule, Share, WeightedShare } from './rule.js'
import { SignedKernel } from './signed-kernel.js'

/** By step: products x·W, and the denominators of each share. */
interface Contributions {
  readonly products: readonly Tensor2D[]
  readonly denominators: readonly (readonly Tensor2D[])[]
}

/** One layer input at all of its steps: products and denominators are made when the layer that reads it, and so its shares, are known. */
interface Source {
  readonly x: Tensor2D
  readonly kernel: Tensor2D
  readonly domain: Domain
  readonly steps: number
  readonly contributions: Map<readonly WeightedShare[], Contributions>
}

interface RelevanceTerm extends Term {
  readonly source: Source
  readonly step: number
}

const DENSE = dense as unknown as AnyLinear

const HOW: Readonly<Record<Domain, string>> = {
  nonnegative: 'are activations',
  pixels: 'are pixels',
  signed: 'may be negative',
}

const isOfName = (name: string | RegExp, layer: string): boolean =>
  // A search starts at the front, whatever flags an expression has.
  typeof name === 'string' ? name === layer : layer.search(name) >= 0

/** How relevance passes back through layers: dense ones and convolutions, by the shares of a rule. */
export class LayerRelevance {
  private readonly kernels = new Map<Tensor, SignedKernel>()
  private readonly rowsSeen = new Map<string, number>()
  private readonly layersSeen = new Set<string>()

  /** @param method the method's title, for refusals */
  constructor(
    private readonly rule: Rule,
    private readonly range: InputRange,
    private readonly recorder: Recorder | null,
    private readonly method: string,
  ) {}

  /** One input of a layer at all of its steps, a term for each. */
  terms(x: Tensor2D, kernel: Tensor2D, domain: Domain, steps: number): Term[] {
    const source: Source = { x, kernel, domain, steps, contributions: new Map() }
    return Array.from({ length: steps }, (_, step): RelevanceTerm => ({ domain, source, step }))
  }

  affine(layer: string, given: readonly Term[], bias: Tensor1D): Tensor2D {
    const parts = given as readonly RelevanceTerm[]
    const shares = this.sharesOf(
      layer,
      'dense',
      parts.some(({ domain }) => domain === 'pixels'),
    )
    const contributions = parts.map(({ source, step }) => ({
      ...this.contributionsOf(layer, source, shares),
      step,
    }))
    const products = contributions.map(({ products, step }) => products[step]!)
    const value = tf.add(
      products.reduce((left, right) => tf.add(left, right)),
      bias,
    ) as Tensor2D
    return distribute(
      value,
      bias,
      shares,
      shares.map((_, k) => contributions.map(({ denominators, step }) => denominators[k]![step]!)),
      this.recorder,
    )
  }

  conv2d(layer: string, x: Tensor4D, kernel: Tensor4D, bias: Tensor1D, domain: Domain): Tensor4D {
    const shares = this.sharesOf(layer, 'convolution', domain === 'pixels')
    const convolution = convolutionFor(x, kernel)
    const linear = convolution as unknown as AnyLinear
    const product = convolution.apply(x, kernel)
    return distribute(
      tf.add(product, bias) as Tensor4D,
      bias,
      shares,
      shares.map((share) => [
        this.denominator(linear, this.shareFor(share, layer, domain), x, kernel, product),
      ]),
      this.recorder,
      this.firstRowOf(layer, x),
    )
  }

  /** The place of x's first row among all of a layer's: one over many images is computed in parts, in the order of its rows. */
  firstRowOf(layer: string, x: Tensor): number {
    const before = this.rowsSeen.get(layer) ?? 0
    this.rowsSeen.set(layer, before + x.shape[0]!)
    return before
  }

  /** What to throw where the rule is not defined for what a layer reads. */
  refusal(layer: string, domain: Domain): Error {
    return new Error(`${this.method} is not defined for layer '${layer}', whose inputs ${HOW[domain]}`)
  }

  /** Throws an Error where a rule is for a layer of a name that the network, which is computed by now, has not. */
  complete(): void {
    const seen = [...this.layersSeen]
    const missing = (this.rule.layers ?? []).find(
      ({ name }: LayerRule) => name !== undefined && !seen.some((layer) => isOfName(name, layer)),
    )
    if (missing !== undefined)
      throw new Error(
        `${this.method} has a rule for layer ${missing.name instanceof RegExp ? missing.name : `'${missing.name}'`}; the network's layers are ${seen.join(', ')}`,
      )
  }

  /** Releases what was kept for the pass. */
  dispose(): void {
    for (const kernel of this.kernels.values()) kernel.dispose()
  }

  private sharesOf(layer: string, kind: LayerType, readsPixels: boolean): readonly WeightedShare[] {
    this.layersSeen.add(layer)
    const own = this.rule.layers?.find((choice) =>
      choice.name === undefined
        ? choice.kind === kind || (readsPixels && choice.kind === 'pixels')
        : isOfName(choice.name, layer),
    )
    const { hidden, pixels } = own?.rule ?? this.rule
    return readsPixels ? pixels : hidden
  }

  private shareFor({ share }: WeightedShare, layer: string, domain: Domain): Share {
    const found = share[domain]
    if (found === undefined) throw this.refusal(layer, domain)
    return found
  }

  private signed(kernel: Tensor): SignedKernel {
    const known = this.kernels.get(kernel) ?? new SignedKernel(kernel)
    this.kernels.set(kernel, known)
    return known
  }

  private denominator<T extends Tensor>(linear: AnyLinear, share: Share, x: T, kernel: T, product: T): T {
    const parts = this.signed(kernel)
    const { range } = this
    return customGradient<T>([x], (save) => {
      save([x])
      return {
        value: share.denominator({ linear, x, kernel: parts, range, product }) as T,
        backward: (s, [x]) => [share.redistribute(s, { linear, x: x!, kernel: parts, range })],
      }
    })
  }

  private contributionsOf(layer: string, source: Source, shares: readonly WeightedShare[]): Contributions {
    const { x, kernel, domain, steps, contributions } = source
    const known = contributions.get(shares)
    if (known !== undefined) return known
    const product = tf.matMul(x, kernel)
    const made: Contributions = {
      products: tf.split<Tensor2D>(product, steps),
      denominators: shares.map((share) => {
        const whole = this.denominator(DENSE, this.shareFor(share, layer, domain), x, kernel, product)
        return tf.split<Tensor2D>(whole, steps)
      }),
    }
    contributions.set(shares, made)
    return made
  }
}
