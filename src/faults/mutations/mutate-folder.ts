import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { extname, join } from 'node:path'
import type { Draw } from '../draw.js'
import { byteMutations } from './byte-mutations.js'
import { headerMutations } from './header-mutations.js'
import { jsonMutations } from './json-mutations.js'
import type { Mutation } from './mutation.js'

/** What was done to which file. */
export interface Done {
  readonly file: string
  readonly what: string
}

/** The files of a folder and those below it, by their paths in it. */
export const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort()

/** Administrators may read everything, so that taking permissions away would change nothing. */
const canForbid = process.getuid !== undefined && process.getuid() !== 0

type Whole = (path: string, file: string, draw: Draw, other: string) => boolean
const wholes: Readonly<Record<string, Whole>> = {
  'a missing file': (path) => {
    rmSync(path)
    return true
  },
  "another's file": (path, file, _, other) => {
    const bytes = readFileSync(join(other, file))
    if (bytes.equals(readFileSync(path))) return false
    writeFileSync(path, bytes)
    return true
  },
  'a folder in its place': (path) => {
    rmSync(path)
    mkdirSync(path)
    return true
  },
  'a link to nowhere': (path) => {
    rmSync(path)
    symlinkSync('nowhere', path)
    return true
  },
  'a file that may not be read': (path) => {
    if (canForbid) chmodSync(path, 0)
    return canForbid
  },
}

const ofKind: Readonly<Record<string, readonly Mutation[]>> = {
  '.json': jsonMutations,
  '.ipynb': jsonMutations,
  '.safetensors': headerMutations,
}

/**
 * Damages one file of a folder.
 *
 * @param other a folder with the same files of another content
 */
export function mutateFolder(folder: string, other: string, draw: Draw): Done {
  for (;;) {
    const file = draw.of(filesOf(folder))
    const path = join(folder, file)
    if (draw.isOneIn(6)) {
      const what = draw.of(Object.keys(wholes))
      if (wholes[what]!(path, file, draw, other)) return { file, what }
      continue
    }
    const own = ofKind[extname(file)] ?? []
    const { name, apply } = draw.of(own.length > 0 && !draw.isOneIn(3) ? own : byteMutations)
    const before = readFileSync(path)
    const after = apply(before, draw)
    if (after === null || before.equals(after)) continue
    writeFileSync(path, after)
    return { file, what: name }
  }
}
