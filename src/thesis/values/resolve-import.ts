import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { createRequire, isBuiltin } from 'node:module'
import { dirname, join, resolve, sep } from 'node:path'

/** What an import leads to: a source file, or a package by name and version. */
export type Imported = { readonly file: string } | { readonly name: string }

/** Finds what a source file imports by a specifier; what is nowhere is named so, since importing it fails. */
export function resolveImport(specifier: string, importer: string): Imported {
  if (isBuiltin(specifier)) return { name: specifier }
  if (/^\.{0,2}\//.test(specifier)) {
    const file = sourceFile(resolve(dirname(importer), specifier))
    return file === null ? { name: `${specifier}@missing` } : { file }
  }
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
  const folder = packageFolder(name, dirname(importer))
  if (folder === null) return { name: `${name}@none` }
  // What is linked, or imports itself by its name, is source that may be edited.
  if (!folder.includes(`${sep}node_modules${sep}`)) {
    try {
      return { file: createRequire(importer).resolve(specifier) }
    } catch {
      return { name: `${name}@${versionIn(folder)}` }
    }
  }
  return { name: `${name}@${versionIn(folder)}` }
}

/** The file that an import path leads to; TypeScript writes `.js` for what is a `.ts`. */
function sourceFile(path: string): string | null {
  const candidates = [
    path,
    path.replace(/\.([cm]?)js$/, '.$1ts'),
    path.replace(/\.js$/, '.tsx'),
    ...['.ts', '.js', '.mjs', '.cjs', '/index.ts', '/index.js'].map((end) => `${path}${end}`),
  ]
  return candidates.find((file) => statSync(file, { throwIfNoEntry: false })?.isFile()) ?? null
}

/** Where the package of a name lies that a file in `from` imports, without links; null where there is none. */
function packageFolder(name: string, from: string): string | null {
  for (let folder = from; ; folder = dirname(folder)) {
    const installed = join(folder, 'node_modules', name)
    if (existsSync(join(installed, 'package.json'))) return realpathSync(installed)
    if (nameIn(folder) === name) return folder
    if (folder === dirname(folder)) return null
  }
}

const nameIn = (folder: string): unknown => described(folder).name
const versionIn = (folder: string): unknown => described(folder).version ?? 'none'

function described(folder: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  } catch {
    return {}
  }
}
