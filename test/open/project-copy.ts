import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { temporaryFolder } from '../runner/notebooks.js'

const PROJECT = join(import.meta.dirname, '..', '..')

/** A copy of the project in which files may be added and edited, with nothing in results; call `remove` at the end. */
export interface ProjectCopy {
  readonly path: string
  /** Writes a file, given by its path in the project. */
  write(file: string, content: string | Uint8Array): void
  /** Replaces a part of a file; throws an Error where it is not there. */
  edit(file: string, from: string, to: string): void
  /** Runs a TypeScript file of the project and gives what it printed; rejects with what it told of errors where it fails. */
  run(file: string, ...options: string[]): Promise<string>
  remove(): void
}

/** Copies sources and notebooks; packages, data and checkpoints are linked. */
export function projectCopy(): ProjectCopy {
  const { path, remove } = temporaryFolder()
  for (const name of ['src', 'notebooks']) cpSync(join(PROJECT, name), join(path, name), { recursive: true })
  for (const name of ['package.json', 'tsconfig.json']) cpSync(join(PROJECT, name), join(path, name))
  mkdirSync(join(path, 'data'))
  for (const name of ['node_modules', 'data/mnist', 'data/fashion-mnist', 'data/checkpoints'])
    symlinkSync(join(PROJECT, name), join(path, name), 'junction')
  return {
    path,
    write(file, content) {
      mkdirSync(dirname(join(path, file)), { recursive: true })
      writeFileSync(join(path, file), content)
    },
    edit(file, from, to) {
      const text = readFileSync(join(path, file), 'utf8')
      if (!text.includes(from)) throw new Error(`${file} has no ${JSON.stringify(from)}`)
      writeFileSync(join(path, file), text.replace(from, to))
    },
    async run(file, ...options) {
      const program = promisify(execFile)
      const { stdout } = await program(process.execPath, ['--import', 'tsx', file, ...options], {
        cwd: path,
        maxBuffer: 2 ** 26,
      })
      return stdout
    },
    remove() {
      // Links first, so that nothing behind them can go.
      for (const name of ['node_modules', 'data/mnist', 'data/fashion-mnist', 'data/checkpoints'])
        rmSync(join(path, name), { force: true })
      remove()
    },
  }
}
