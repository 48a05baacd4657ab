import { describe } from '../../architectures/describe.js'
import { architecture } from '../../catalogue/index.js'
import { geometryOf } from '../../data/sequence-geometry.js'
import { decodeSafetensors } from '../../files/safetensors.js'
import type { Geometry } from '../../network/geometry.js'
import type { Forward, Parameters } from '../../network/operations.js'
import { checkParameters, toTensors } from '../../network/parameters.js'
import { fetchBytes } from '../shared/gzip.js'
import type { Manifest, ShownDataset } from '../shared/manifest.js'
import type { Subject } from '../shared/protocol.js'

/** A network with its parameters, ready to be asked. */
export interface Loaded {
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
    const loading = this.loading.get(key) ?? this.fetch(dataset, subject)
    this.loading.set(key, loading)
    loading.then(
      (network) => this.loaded.set(key, network),
      () => this.loading.delete(key),
    )
    return loading
  }

  isLoading(dataset: string, subject: Subject): boolean {
    return this.loading.has(keyOf(dataset, subject))
  }

  private async fetch(dataset: string, { network, isTrained }: Subject): Promise<Loaded> {
    const shown = this.manifest.networks.find(({ id }) => id === network)
    const weights = shown?.[isTrained ? 'trained' : 'untrained'][dataset]
    if (weights === undefined) throw new Error(`there is no network ${network} of ${dataset}`)
    const { problem, ...sizes } = this.dataset(dataset)
    const geometry = geometryOf(problem, sizes)
    const bytes = await fetchBytes(new URL(weights.file, this.base).href)
    const { tensors } = decodeSafetensors(bytes, weights.file)
    const { forward, units, parameters } = architecture(network)
    await this.backend
    checkParameters(parameters(geometry, units), tensors)
    return {
      forward: forward(geometry, units),
      w: toTensors(tensors),
      geometry,
      states: describe(architecture(network), geometry, units).states.map(({ name }) => name),
    }
  }
}

const keyOf = (dataset: string, { network, isTrained }: Subject): string =>
  `${dataset} ${network} ${isTrained}`
