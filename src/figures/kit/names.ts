import '../../catalogue/index.js'
import { inOrder, type Kind, shortOf, titleOf } from '../../values/registry.js'

/** The display name of a network; its id where it was not defined in this process. */
export const networkName = (id: string): string => titleOf('architecture', id)

/** The short display name of a method, such as "DTD". */
export const methodName = (id: string): string => shortOf('method', id)

/** The name of a method in full, such as "Deep Taylor decomposition". */
export const methodLongName = (id: string): string => titleOf('method', id)

/** The display name of a dataset. */
export const datasetName = (id: string): string => titleOf('dataset', id)

/** The name of a measure, for axes, such as "Cosine similarity". */
export const measureName = (id: string): string => titleOf('measure', id)

/** The short name of a measure, such as "cos". */
export const measureShortName = (id: string): string => shortOf('measure', id)

/** A title as it stands within a sentence: "deep Taylor decomposition"; "AUC" stays as it is. */
export const inText = (title: string): string =>
  title.replace(/^\p{Lu}(?=\p{Ll})/u, (letter) => letter.toLowerCase())

/** The name of a measure within a sentence, such as "cosine similarity". */
export const measureInText = (id: string): string => inText(measureName(id))

/** The distinct networks of rows, in the order of the catalogue. */
export const networksOf = (rows: readonly { readonly network: string }[]): string[] =>
  inOrder(
    'architecture',
    rows.map(({ network }) => network),
  )

/** The distinct methods of rows, in the order of the catalogue. */
export const methodsOf = (rows: readonly { readonly method: string }[]): string[] =>
  inOrder(
    'method',
    rows.map(({ method }) => method),
  )

/** The distinct datasets of rows, in the order of the catalogue. */
export const datasetsOf = (rows: readonly { readonly dataset: string }[]): string[] =>
  inOrder(
    'dataset',
    rows.map(({ dataset }) => dataset),
  )

const shown: Readonly<Record<Kind, (id: string) => string>> = {
  architecture: networkName,
  method: methodName,
  dataset: datasetName,
  measure: measureName,
}

/** The display name of a value: short for a method, in full else. */
export const nameOf = (kind: Kind, id: string): string => shown[kind](id)

/** The display names of several values, where their ids follow those that share a name. */
export function distinctNames(kind: Kind, ids: readonly string[]): (id: string) => string {
  const name = shown[kind]
  const times = new Map<string, number>()
  for (const id of ids) times.set(name(id), (times.get(name(id)) ?? 0) + 1)
  return (id) => ((times.get(name(id)) ?? 0) > 1 && name(id) !== id ? `${name(id)} (${id})` : name(id))
}
