import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'

/** Resolves packages from the folder that the process runs in, where notebooks and commands both find the project's. */
export const requireFromHere = (): NodeJS.Require => createRequire(join(process.cwd(), 'resolve.js'))

/** The `node_modules` that hold TensorFlow.js; the project is the folder they are in. */
export const nodeModulesFolder = (): string =>
  resolve(requireFromHere().resolve('@tensorflow/tfjs-core/package.json'), '../../..')
