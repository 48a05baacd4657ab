import { FASHION_MNIST_MAJ, MNIST_MAJ, type ShippedDataset } from './shipped-datasets.js'

/** Who has an id: errors name it, and what has the same name may define the id again. */
export interface IdOwner {
  readonly name: string
  /** Whether it has been removed, so that its id is free. Default: never. */
  readonly isGone?: () => boolean
}

/** The owner of every dataset that a cell or a script defines, so that a cell can be run again. */
export const MADE_IN_MEMORY: IdOwner = { name: 'a dataset made in memory' }

export const shippedOwner = ({ title }: ShippedDataset): IdOwner => ({ name: `the shipped ${title}` })

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
  if (before !== undefined && before.name !== owner.name && !before.isGone?.())
    throw new Error(`the id '${id}' of ${owner.name} is taken by ${before.name}; choose another`)
  owners.set(id, owner)
}
