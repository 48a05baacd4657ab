import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { projectRoot } from '../../files/project-root.js'

const known = new Map<string, Promise<string>>()

/** A program of this folder as one file, since it is started hundreds of times. */
export function bundled(name: string): Promise<string> {
  const root = projectRoot(import.meta.dirname)
  const outfile = join(root, 'node_modules', '.cache', 'faults', `${process.pid}`, `${name}.mjs`)
  const made =
    known.get(name) ??
    (async () => {
      mkdirSync(join(outfile, '..'), { recursive: true })
      await build({
        entryPoints: [join(root, 'src', 'faults', 'programs', `${name}.ts`)],
        bundle: true,
        ...{ platform: 'node', format: 'esm', packages: 'external', outfile, logLevel: 'error' },
      })
      return outfile
    })()
  known.set(name, made)
  return made
}
