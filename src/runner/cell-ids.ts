import type { Json } from './json.js'

const VALID = /^[a-zA-Z0-9-_]{1,64}$/

/**
 * The ids of a notebook's cells, in their order: 1 to 64 letters, digits, `-` and `_`, each of them once. The first cell with a
 * valid id keeps it; another is called by its place, such as `cell-3`.
 *
 * @param ids as the file holds them; undefined where a cell has none
 */
export const cellIds = (ids: readonly (Json | undefined)[]): string[] => {
  const taken = new Set(ids.filter(isValid))
  const used = new Set<string>()
  const free = (wanted: string, attempt = 1): string => {
    const id = attempt === 1 ? wanted : `${wanted}-${attempt}`
    return taken.has(id) || used.has(id) ? free(wanted, attempt + 1) : id
  }
  return ids.map((id, index) => {
    const own = isValid(id) && !used.has(id) ? id : free(`cell-${index + 1}`)
    used.add(own)
    return own
  })
}

const isValid = (id: Json | undefined): id is string => typeof id === 'string' && VALID.test(id)
