import type { JsonObject } from './json.js'
import type { Notebook } from './notebook-file.js'

/**
 * The parameters that a run was given, and those that the notebook has by itself, by name.
 *
 * @param read the notebook as it was read
 * @param run the notebook with the parameters of the run
 */
export const recordedParameters = async (
  read: Notebook,
  run: Notebook,
  { sets = [], values = {} }: { readonly sets?: readonly string[]; readonly values?: JsonObject },
): Promise<{ readonly parameters: JsonObject; readonly defaults: JsonObject }> => {
  const { parameterValues, parseSetting, settingsOf } = await import('./parameterise.js')
  const valuesOf = (notebook: Notebook): JsonObject => {
    try {
      return parameterValues(notebook)
    } catch {
      return {} // A parameters cell of another form than the project's runs all the same, as it is.
    }
  }
  const set = new Set([...settingsOf(values), ...sets.map(parseSetting)].map(({ name }) => name))
  const parameters = Object.entries(valuesOf(run)).filter(([name]) => set.has(name))
  return { parameters: Object.fromEntries(parameters), defaults: valuesOf(read) }
}
