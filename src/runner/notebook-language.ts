import { type JsonObject, objectField, textField } from './json.js'
import type { KernelSpec } from './kernel-spec.js'
import { UsageError } from './usage-error.js'

/** Names of kernels that say their language by themselves, where a notebook does not say it. */
const LANGUAGES: readonly (readonly [RegExp, string])[] = [
  [/^x?python\d*$/, 'python'],
  [/^x?ir$|^xr$/, 'R'],
  [/^julia(-|$)/, 'julia'],
]

/** The language of a notebook by its metadata; undefined where these name no kernel and no language. */
export const notebookLanguage = (metadata: JsonObject): string | undefined => {
  const kernel = objectField(metadata, 'kernelspec')
  const said = textField(kernel, 'language') || textField(objectField(metadata, 'language_info'), 'name')
  if (said) return said
  const name = textField(kernel, 'name').toLowerCase()
  return LANGUAGES.find(([pattern]) => pattern.test(name))?.[1]
}

/**
 * Refuses a notebook of another language than the kernel's, before anything runs. One that names no language fits, and so does
 * a kernel that says none.
 *
 * @throws {UsageError} naming the language and the kernels that are allowed
 */
export const checkLanguage = (file: string, metadata: JsonObject, { language }: KernelSpec): void => {
  const found = notebookLanguage(metadata)
  if (!found || !language || found.toLowerCase() === language.toLowerCase()) return
  const name = textField(objectField(metadata, 'kernelspec'), 'name')
  throw new UsageError(
    `The notebook ${file} is for ${found}${name ? ` (kernel "${name}")` : ''}, and the kernel that would run it is for ` +
      `${language}: its kernelspec may have any name, with the language "${language}", or be missing.`,
  )
}
