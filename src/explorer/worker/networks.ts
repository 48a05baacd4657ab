import { describe } from '../../architectures/describe.js'
import { architecture } from '../../catalogue/index.js'
import { geometryOf } from '../../data/sequence-geometry.js'
import { decodeSafetensors } from '../../files/safetensors.js'
import type { Geometry } from '../../network/geometry.js'
import type { Forward, Parameters } from '../../network/operations.js'
import { checkParameters, toTensors } from '../../network/parameters.js'
import { fetchBytes } from '../shared/gzip.js'
import type { Manifest, ShownDataset, Weights } from '../shared/manifest.js'
import type { Subject } from '../shared/protocol.js'

/** A network with its parameters, ready to be asked. */
export interface Loaded {
  readonly dataset: string
  readonly subject: Subject
  readonly forward: Forward
  readonly w: Parameters
  readonly geometry: Geometry
  /** The names of its states' taps. */
  readonly states: readonly string[]
}

/** The networks of the page, each loaded once. */
export class Networks {
  private readonly loaded = new Map<string, Loaded>()
  private readonly loading = new Map<string, Promise<Loaded>>()
  /** What is told of a network that is no longer rounded; null while rounded ones are enough. */
  private onRefined: ((dataset: string, subject: Subject) => void) | null = null

  constructor(
    private readonly manifest: Manifest,
    private readonly base: string,
    private readonly backend: Promise<void>,
  ) {}

  dataset(id: string): ShownDataset {
    const found = this.manifest.datasets.find((dataset) => dataset.id === id)
    if (found === undefined) throw new Error(`there is no dataset ${id}`)
    return found
  }

  /** The network, if it is there already. */
  find(dataset: string, subject: Subject): Loaded | null {
    return this.loaded.get(keyOf(dataset, subject)) ?? null
  }

  /** Fetches a network; what could not be fetched is fetched anew when it is asked for again. */
  load(dataset: string, subject: Subject): Promise<Loaded> {
    const key = keyOf(dataset, subject)
    const known = this.loading.get(key)
    if (known !== undefined) return known
    const loading = this.fetch(dataset, subject).then((network) => {
      this.loaded.set(key, network)
      if (this.onRefined !== null) void this.refineOne(network)
      return network
    })
    this.loading.set(key, loading)
    loading.catch(() => this.loading.delete(key))
    return loading
  }

  /** Makes all networks exact, now and from now on. What cannot be fetched leaves a network rounded. */
  refine(onRefined: (dataset: string, subject: Subject) => void): void {
    if (this.onRefined !== null) return
    this.onRefined = onRefined
    for (const network of this.loaded.values()) void this.refineOne(network)
  }

  isLoading(dataset: string, subject: Subject): boolean {
    return this.loading.has(keyOf(dataset, subject))
  }

  private async refineOne({ dataset, subject, ...network }: Loaded): Promise<void> {
    const file = this.weightsOf(dataset, subject).exact.file
    const bytes = await fetchBytes(new URL(file, this.base).href).catch(() => null)
    if (bytes === null) return
    const { tensors } = decodeSafetensors(bytes, file)
    // The rounded tensors stay for questions that have begun with them.
    const w = toTensors(tensors)
    this.loaded.set(keyOf(dataset, subject), { ...network, dataset, subject, w })
    this.onRefined?.(dataset, subject)
  }

  private weightsOf(dataset: string, { network, isTrained }: Subject): Weights {
    const shown = this.manifest.networks.find(({ id }) => id === network)
    const weights = shown?.[isTrained ? 'trained' : 'untrained'][dataset]
    if (weights === undefined) throw new Error(`there is no network ${network} of ${dataset}`)
    return weights
  }

  private async fetch(dataset: string, subject: Subject): Promise<Loaded> {
    const weights = this.weightsOf(dataset, subject)
    const { problem, ...sizes } = this.dataset(dataset)
    const geometry = geometryOf(problem, sizes)
    const bytes = await fetchBytes(new URL(weights.file, this.base).href)
    const { tensors } = decodeSafetensors(bytes, weights.file)
    const { forward, units, parameters } = architecture(subject.network)
    await this.backend
    checkParameters(parameters(geometry, units), tensors)
    return {
      dataset,
      subject,
      forward: forward(geometry, units),
      w: toTensors(tensors),
      geometry,
      states: describe(architecture(subject.network), geometry, units).states.map(({ name }) => name),
    }
  }
}

const keyOf = (dataset: string, { network, isTrained }: Subject): string =>
  `${dataset} ${network} ${isTrained}`
