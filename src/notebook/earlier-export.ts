import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import stringify from 'safe-stable-stringify'
import { projectPath } from './results.js'

const METADATA = '.csv-metadata.json'
const ENDS = ['.pdf', '.svg', '.png', '.csv', '.tex', '.md', METADATA]

/**
 * Puts the files of an earlier export of the same name aside where other parameters made it, as `<name>-<digest of those>.*`, so that none
 * is lost; files that the same parameters made are replaced.
 *
 * @param base the path of the export without its ends
 * @returns a sentence that says so; empty where nothing was put aside
 */
export function keepEarlier(base: string, parameters: unknown): string {
  const earlier = parametersOf(`${base}${METADATA}`)
  if (earlier === undefined || same(earlier) === same(parameters)) return ''
  const digest = createHash('sha256').update(same(earlier)).digest('hex').slice(0, 8)
  const files = readdirSync(dirname(base)).filter((file) => ENDS.some((end) => file === basename(base) + end))
  for (const file of files) {
    const end = file.slice(basename(base).length)
    renameSync(join(dirname(base), file), `${base}-${digest}${end}`)
  }
  return `The earlier ${projectPath(base)}, made with other parameters${differing(earlier, parameters)}, is kept as ${projectPath(`${base}-${digest}`)}`
}

const same = (parameters: unknown): string => stringify(parameters ?? {}) ?? '{}'

/** The parameters of an export; undefined where there is none, or what is there is not the project's. */
function parametersOf(metadata: string): unknown {
  if (!existsSync(metadata)) return undefined
  try {
    const { notes } = JSON.parse(readFileSync(metadata, 'utf8')) as { notes?: { parameters?: unknown }[] }
    return notes?.[0]?.parameters ?? {}
  } catch {
    return undefined
  }
}

/** What differed, as far as it fits a sentence. */
function differing(earlier: unknown, now: unknown): string {
  const [before, after] = [earlier as Record<string, unknown>, (now ?? {}) as Record<string, unknown>]
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => same(before[name]) !== same(after[name]),
  )
  if (names.length === 0) return ''
  const words = names
    .slice(0, 3)
    .map((name) => (name in before ? `${name} = ${text(before[name])}` : `no ${name}`))
  return ` (${words.join(', ')}${names.length > 3 ? ', …' : ''})`
}

const text = (value: unknown): string => (typeof value === 'string' ? value : (stringify(value) ?? ''))
