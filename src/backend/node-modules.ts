import { createRequire } from 'node:module'
import { resolve } from 'node:path'

/** Resolves packages as this package's own imports do, wherever the process runs. */
export const requireFromHere = (): NodeJS.Require => createRequire(import.meta.url)

/** The `node_modules` that hold TensorFlow.js; the project is the folder they are in. */
export const nodeModulesFolder = (): string =>
  resolve(requireFromHere().resolve('@tensorflow/tfjs-core/package.json'), '../../..')
