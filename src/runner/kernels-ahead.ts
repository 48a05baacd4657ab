import { startKernel } from './execute.js'
import type { KernelClient } from './kernel-client.js'
import type { KernelSpec } from './kernel-spec.js'

interface KernelChoice {
  readonly kernel?: KernelSpec
  readonly env?: Readonly<Record<string, string>>
}

/** The next notebook's kernel, which starts while the one before is still busy, since a start takes seconds. */
export class KernelsAhead {
  readonly #options: KernelChoice
  readonly #kernels = new Map<string, Promise<KernelClient>>()

  constructor(options: KernelChoice) {
    this.#options = options
  }

  /** The kernel of a notebook, started now unless it was before. */
  start(notebook: string): Promise<KernelClient> {
    const { kernel, env } = this.#options
    const known = this.#kernels.get(notebook)
    if (known) return known
    const starting = startKernel({ notebook, ...(kernel ? { kernel } : {}), ...(env ? { env } : {}) })
    // Whoever takes it handles its failure.
    starting.catch(() => {})
    this.#kernels.set(notebook, starting)
    return starting
  }

  /** Ends all kernels. */
  async end(): Promise<void> {
    await Promise.all([...this.#kernels.keys()].map((notebook) => this.endOne(notebook)))
  }

  /** Ends the kernel of one notebook, if it has one. */
  async endOne(notebook: string): Promise<void> {
    const starting = this.#kernels.get(notebook)
    this.#kernels.delete(notebook)
    await (await starting?.catch(() => undefined))?.kill()
  }
}
