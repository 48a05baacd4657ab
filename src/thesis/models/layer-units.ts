/**
 * The units of layers from a list such as `['hidden=128', 'cell=64']`, as a parameter of a notebook holds them.
 *
 * @throws RangeError naming the entry that is no layer with a whole number of at least 1, or that names a layer twice
 * @example
 * layerUnits(['hidden=128']) // { hidden: 128 }
 */
export function layerUnits(entries: readonly string[]): Record<string, number> {
  const units: Record<string, number> = {}
  for (const entry of entries) {
    const [, layer, text] = /^\s*([A-Za-z][\w-]*)\s*=\s*(\d+)\s*$/.exec(entry) ?? []
    const count = Number(text)
    if (layer === undefined || !(Number.isSafeInteger(count) && count >= 1))
      throw new RangeError(
        `units has "${entry}"; each entry is a layer and how many neurons it has, at least 1, such as "hidden=128"`,
      )
    if (layer in units) throw new RangeError(`units names the layer "${layer}" twice`)
    units[layer] = count
  }
  return units
}
