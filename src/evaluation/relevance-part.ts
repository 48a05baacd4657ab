/** What of signed relevance a measure looks at: it as it is, max(0, R), or |R|. */
export type RelevancePart = 'signed' | 'positive' | 'absolute'

const PARTS: Readonly<Record<RelevancePart, (value: number) => number>> = {
  signed: (value) => value,
  positive: (value) => Math.max(0, value),
  absolute: Math.abs,
}

/**
 * The part of relevance that a measure looks at; what is signed stays the same array.
 *
 * @throws RangeError naming the parts there are
 */
export function relevancePart(relevance: Float32Array, part: RelevancePart): Float32Array {
  const of = Object.hasOwn(PARTS, part) ? PARTS[part] : undefined
  if (of === undefined)
    throw new RangeError(`the part of relevance is '${part}'; allowed are ${Object.keys(PARTS).join(', ')}`)
  return part === 'signed' ? relevance : relevance.map(of)
}

/** The id of a measure that looks at a part: that of the measure for its own part, else with the part's name. */
export const partId = (id: string, part: RelevancePart, own: RelevancePart): string =>
  part === own ? id : `${id}${part[0]!.toUpperCase()}${part.slice(1)}`

/** The title of a measure that looks at a part. */
export const partTitle = (title: string, part: RelevancePart, own: RelevancePart): string =>
  part === own ? title : `${title}, ${part}`
