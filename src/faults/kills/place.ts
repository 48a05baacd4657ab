import { mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { filesOf } from '../mutations/mutate-folder.js'
import type { Scenario } from './scenario.js'

/** Where a scenario does its work. */
export interface Place {
  readonly parent: string
  readonly folder: string
  readonly temporary: string
}

/** A working folder with what a scenario needs, and a temporary folder; paths of sockets are short. */
export function placeIn(above: string, scenario: Scenario): Place {
  const parent = mkdtempSync(join(above, 'k'))
  const place = { parent, folder: join(parent, 'p'), temporary: join(parent, 't') }
  mkdirSync(place.folder)
  mkdirSync(place.temporary)
  scenario.make(place.folder)
  return place
}

/** What a run left that it should have removed; null where there is nothing but what was there before. */
export function leftIn({ folder, temporary }: Place, before: readonly string[] = []): string | null {
  const litter = litterIn({ folder, temporary }).filter((name) => !before.includes(name))
  return litter.length === 0 ? null : `left behind: ${litter.join(', ')}`
}

/** What lies in a place that belongs to work under way. */
export function litterIn({ folder, temporary }: Pick<Place, 'folder' | 'temporary'>): string[] {
  const halves = filesOf(folder).filter((name) => /\.tmp$|state\.safetensors$|\.lock$|\/lock$/.test(name))
  // What an interrupted training keeps is no litter, and tsx keeps what it compiled.
  const isKept = (name: string) =>
    name.endsWith('state.safetensors') && !filesOf(folder).includes(name.replace('state.', 'model.'))
  return [
    ...halves.filter((name) => !isKept(name)),
    ...readdirSync(temporary).filter((name) => !name.startsWith('tsx-') && !name.startsWith('node-')),
  ]
}

/** What counts of all results, by file. */
export function contentsIn(folder: string, scenario: Scenario): Map<string, string> {
  const results = join(folder, 'results')
  const contents = new Map<string, string>()
  for (const name of filesOf(results)) {
    const content = scenario.content(name, readFileSync(join(results, name)))
    if (content !== null) contents.set(name, Buffer.from(content).toString('base64'))
  }
  return contents
}

/** In which files two runs differ; null where in none. */
export function differenceOf(
  wanted: ReadonlyMap<string, string>,
  found: ReadonlyMap<string, string>,
): string | null {
  const names = [...new Set([...wanted.keys(), ...found.keys()])]
  const others = names.filter((name) => wanted.get(name) !== found.get(name))
  return others.length === 0 ? null : `other than of the undisturbed run: ${others.join(', ')}`
}
