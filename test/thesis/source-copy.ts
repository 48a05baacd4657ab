import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectRoot } from '../../src/files/project-root.js'

/** A copy of the project's sources and checkpoints, to be edited; packages and images are those of the project. */
export interface SourceCopy {
  readonly folder: string
  /** The path of a file of the copy. */
  path(file: string): string
  /** Replaces a text of a file, which must hold it. */
  edit(file: string, from: string, to: string): void
  remove(): void
}

/** Makes a copy of the project's sources and checkpoints in the temporary folder. */
export function copySources(): SourceCopy {
  const project = projectRoot()
  const folder = mkdtempSync(join(tmpdir(), 'thesis-sources-'))
  const images = readdirSync(join(project, 'data')).filter((name) => name !== 'checkpoints')
  for (const name of ['src', 'package.json', 'tsconfig.json', 'data/checkpoints'])
    cpSync(join(project, name), join(folder, name), { recursive: true })
  for (const name of ['node_modules', ...images.map((image) => `data/${image}`)])
    symlinkSync(join(project, name), join(folder, name), 'junction')
  const path = (file: string) => join(folder, file)
  return {
    folder,
    path,
    edit(file, from, to) {
      const text = readFileSync(path(file), 'utf8')
      if (!text.includes(from)) throw new Error(`${file} does not hold ${from}`)
      writeFileSync(path(file), text.replace(from, to))
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
