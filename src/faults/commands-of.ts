import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { requireFromHere } from '../backend/node-modules.js'
import { projectRoot } from '../files/project-root.js'

/** A file of the project's sources. */
export const source = (...path: string[]): string => join(projectRoot(import.meta.dirname), 'src', ...path)

/** What lets Node run TypeScript, wherever it runs. */
export const typescript = (): readonly string[] => [
  '--import',
  pathToFileURL(requireFromHere().resolve('tsx')).href,
]
