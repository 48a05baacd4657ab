import { FASHION_MNIST_MAJ, MNIST_MAJ, type ShippedDataset } from './shipped-datasets.js'

/** Who has an id, and may define it again. */
export interface IdOwner {
  /** Tells it from others, such as the path of a dataset.json. */
  readonly key: string
  /** What errors call it. */
  readonly name: string
  /** Whether it has been removed, so that its id is free. Default: never. */
  readonly isGone?: () => boolean
}

/** The owner of every dataset that a cell or a script defines, so that a cell can be run again. */
export const MADE_IN_MEMORY: IdOwner = { key: 'memory', name: 'a dataset made in memory' }

export const shippedOwner = ({ title }: ShippedDataset): IdOwner => ({
  key: `shipped ${title}`,
  name: `the shipped ${title}`,
})

const owners = new Map<string, IdOwner>(
  [MNIST_MAJ, FASHION_MNIST_MAJ].map((shipped) => [shipped.id, shippedOwner(shipped)]),
)

/**
 * Gives an id to its owner, for this process.
 *
 * @throws Error naming both when another owner has it
 */
export function claimId(id: string, owner: IdOwner): void {
  const before = owners.get(id)
  if (before !== undefined && before.key !== owner.key && !before.isGone?.())
    throw new Error(`the id '${id}' of ${owner.name} is taken by ${before.name}; choose another`)
  owners.set(id, owner)
}
