import { existsSync } from 'node:fs'
import { basename, dirname, extname, join, resolve } from 'node:path'
import { readBytes, readText } from '../files/read-whole.js'
import { decodeSafetensors } from '../files/safetensors.js'
import type { Imported } from './imported.js'
import { isRecord } from './json.js'
import { importLayersModel } from './keras/import-layers-model.js'
import { importStateDict } from './pytorch/import-state-dict.js'
import { checkWiring, idOf, type Wiring } from './wiring.js'

/** How to write what is not read in a format that is. */
const CONVERSIONS: Readonly<Record<string, string>> = {
  '.keras': 'write it in the format of TensorFlow.js layers, e.g. with tensorflowjs_converter',
  '.h5': 'write it in the format of TensorFlow.js layers: tensorflowjs_converter --input_format keras',
  '.hdf5': 'write it in the format of TensorFlow.js layers: tensorflowjs_converter --input_format keras',
  '.pt': 'save its tensors with safetensors.torch.save_file(model.state_dict(), "model.safetensors")',
  '.pth': 'save its tensors with safetensors.torch.save_file(model.state_dict(), "model.safetensors")',
}

export interface ImportModelOptions {
  /** What the model's file does not say: the path of a JSON file, or its content. Default: wiring.json beside the model, if there. */
  readonly wiring?: string | Wiring
}

/**
 * Imports a model from a file: model.json of TensorFlow.js layers (files of weights beside it), or a PyTorch state_dict in safetensors
 * with its wiring.
 *
 * @throws Error naming the file, and the layer where one is not read
 * @example
 * const { architecture, geometry, units, parameters } = await importModel('my-model/model.json', { wiring: { rows: 28 } })
 */
export async function importModel(path: string, { wiring }: ImportModelOptions = {}): Promise<Imported> {
  const kind = extname(path).toLowerCase()
  if (kind !== '.json' && kind !== '.safetensors') {
    const advice = CONVERSIONS[kind]
    throw new Error(`${path}: read are model.json and model.safetensors${advice ? `; ${advice}` : ''}`)
  }
  const told = await wiringOf(path, wiring)
  const named = { ...told, id: told.id ?? idOf(nameOf(path)) }
  if (kind === '.safetensors') {
    const { tensors } = decodeSafetensors(await readBytes(path), path)
    return importStateDict(tensors, named, { file: path })
  }
  const json = await readJson(path)
  const files = filesOfWeights(json, path)
  const bytes = Buffer.concat(await Promise.all(files.map((file) => weightsIn(file, path))))
  return importLayersModel(json, bytes, { wiring: named, file: path })
}

/** A model is called as its file is, or as its folder where the file has the name that all have. */
const nameOf = (path: string): string => {
  const name = basename(path, extname(path))
  return name === 'model' ? basename(dirname(resolve(path))) : name
}

async function wiringOf(path: string, wiring: string | Wiring | undefined): Promise<Wiring> {
  if (wiring !== undefined && typeof wiring !== 'string') return checkWiring(wiring, 'wiring')
  const beside = join(dirname(path), 'wiring.json')
  const file = wiring ?? (existsSync(beside) ? beside : undefined)
  return file === undefined ? {} : checkWiring(await readJson(file), file)
}

async function readJson(file: string): Promise<unknown> {
  const text = await readText(file)
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Error(`${file} is not JSON: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    })
  }
}

/** The files of weights that model.json names, in their order. */
function filesOfWeights(json: unknown, path: string): string[] {
  const groups = isRecord(json) && Array.isArray(json.weightsManifest) ? json.weightsManifest : []
  const names = groups.flatMap((group: unknown) =>
    isRecord(group) && Array.isArray(group.paths) ? group.paths.map(String) : [],
  )
  return names.map((name) => join(dirname(path), name))
}

async function weightsIn(file: string, model: string): Promise<Uint8Array> {
  try {
    return await readBytes(file)
  } catch (error) {
    throw new Error(`${model} has its weights in ${file}, which cannot be read`, { cause: error })
  }
}
