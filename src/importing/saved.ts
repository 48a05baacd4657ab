import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readBytes, readText } from '../files/read-whole.js'
import { decodeSafetensors, encodeSafetensors } from '../files/safetensors.js'
import { writeTogether } from '../files/write-together.js'
import type { Geometry, Units } from '../network/geometry.js'
import { type Imported, imported } from './imported.js'
import type { ImportedNetwork } from './imported-layer.js'
import { isRecord } from './json.js'
import { layerTypes } from './layers/kinds.js'

const TENSORS = 'model.safetensors'
const DESCRIPTION = 'model.json'
const FORMAT = 'imported-network'

/** What model.json of a folder holds. */
interface Description {
  readonly format: typeof FORMAT
  readonly version: 1
  readonly network: ImportedNetwork
  readonly geometry: Geometry
  readonly units: Units
  /** Of the file of tensors. */
  readonly sha256: string
  /** Of all the rest; the first that were written have none. */
  readonly seal?: string
}

const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex')

/** A description's digest, without its seal. */
const sealOf = ({ seal: _, ...described }: Description): string => sha256(JSON.stringify(described))

/**
 * Writes an imported model's model.json and model.safetensors into a folder, which is made.
 *
 * @throws Error when the folder holds files of these names that are something else, such as the original
 * @example
 * await saveImported('results/my-model', await importModel('my-model/model.json'))
 */
export async function saveImported(
  folder: string,
  { network, geometry, units, parameters }: Imported,
): Promise<void> {
  await checkReplaceable(folder)
  const tensors = encodeSafetensors({ tensors: parameters, metadata: { id: network.id } })
  const described: Description = {
    format: FORMAT,
    version: 1,
    network,
    geometry,
    units,
    sha256: sha256(tensors),
  }
  writeTogether(
    [
      [join(folder, TENSORS), tensors],
      [join(folder, DESCRIPTION), `${JSON.stringify({ ...described, seal: sealOf(described) }, null, 1)}\n`],
    ],
    { lastSays: true },
  )
}

/** Another program's model has files of the same names. */
async function checkReplaceable(folder: string): Promise<void> {
  const there = [DESCRIPTION, TENSORS].find((name) => existsSync(join(folder, name)))
  if (there === undefined) return
  const text = await readFile(join(folder, DESCRIPTION), 'utf8').catch(() => '')
  if (!text.includes(FORMAT))
    throw new Error(
      `${join(folder, there)} is not an imported network and is not replaced; choose another folder`,
    )
}

/**
 * Reads a model that `saveImported` or `npm run import-model` wrote.
 *
 * @throws Error naming the file that is missing, of another kind or damaged
 * @example
 * const { architecture, parameters } = await loadImported('results/my-model')
 */
export async function loadImported(folder: string): Promise<Imported> {
  const file = join(folder, DESCRIPTION)
  const description = describedIn(await readText(file), file)
  const bytes = await readBytes(join(folder, TENSORS))
  if (sha256(bytes) !== description.sha256)
    throw new Error(
      `${join(folder, TENSORS)} does not belong to ${DESCRIPTION}: its SHA-256 is another; import the model anew`,
    )
  const { tensors } = decodeSafetensors(bytes, join(folder, TENSORS))
  const { network, geometry, units } = description
  try {
    return imported(network, geometry, units, tensors)
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : error}`, { cause: error })
  }
}

function describedIn(text: string, file: string): Description {
  let description: unknown
  try {
    description = JSON.parse(text)
  } catch (error) {
    throw new Error(`${file} is damaged: it is not JSON`, { cause: error })
  }
  if (!isRecord(description) || description.format !== FORMAT)
    throw new Error(`${file} is no imported network; npm run import-model writes one`)
  if (!isDescription(description))
    throw new Error(`${file} is damaged or of another version; import the model anew`)
  if (description.seal !== undefined && description.seal !== sealOf(description))
    throw new Error(
      `${file} is damaged or was edited: its content does not match its seal; import the model anew`,
    )
  return description
}

function isDescription(value: unknown): value is Description {
  if (!isRecord(value) || value.version !== 1 || typeof value.sha256 !== 'string') return false
  const { network, geometry, units } = value
  if (!isRecord(network) || !isRecord(geometry) || !isRecord(units) || !isRecord(network.input)) return false
  const { layers } = network
  return (
    Array.isArray(layers) &&
    layers.every((layer) => isRecord(layer) && layerTypes.includes(String(layer.type)))
  )
}
