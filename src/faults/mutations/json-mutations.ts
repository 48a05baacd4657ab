import type { Draw } from '../draw.js'
import type { Mutation } from './mutation.js'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** A place in a JSON value: what holds it and under which key. */
interface Place {
  readonly holder: Json[] | { [key: string]: Json }
  readonly key: string
}

const at = ({ holder, key }: Place): Json => (holder as { [key: string]: Json })[key]!
const put = ({ holder, key }: Place, value: Json): void => {
  ;(holder as { [key: string]: Json })[key] = value
}

/** A place that is reached by going down from the top and stopping anywhere, so that few are in long lists. */
function placeIn(value: Json, draw: Draw): Place | null {
  let found: Place | null = null
  for (let now = value; typeof now === 'object' && now !== null; ) {
    const keys = Object.keys(now)
    if (keys.length === 0) break
    found = { holder: now, key: draw.of(keys) }
    now = at(found)
    if (draw.isOneIn(3)) break
  }
  return found
}

const NUMBERS = [0, -1, 1, 1.5, 1e308, -1e308, 2 ** 53, 1e-300, 4_294_967_296]
/** Stands for a number that JSON has no name for. */
const NO_NUMBER = '\u0000no number'

const changes: Readonly<Record<string, (place: Place, draw: Draw) => boolean>> = {
  'a key removed': ({ holder, key }) =>
    Array.isArray(holder) ? holder.splice(Number(key), 1).length === 1 : delete holder[key],
  'a key renamed': ({ holder, key }, draw) => {
    if (Array.isArray(holder)) return false
    holder[draw.of([`${key}s`, key.toUpperCase(), '__proto__', ''])] = holder[key]!
    return delete holder[key]
  },
  'null for a value': (place) => {
    put(place, null)
    return true
  },
  'another type': (place, draw) => {
    const wrong: Json[] = ['text', 7, true, [], {}, [1, 'a'], { a: 1 }, '']
    put(place, draw.of(wrong.filter((one) => typeof one !== typeof at(place) || Array.isArray(one))))
    return true
  },
  'another number': (place, draw) => {
    if (typeof at(place) !== 'number') return false
    put(place, draw.of(NUMBERS))
    return true
  },
  'NaN or Infinity': (place, draw) => {
    if (typeof at(place) !== 'number') return false
    put(place, NO_NUMBER + draw.of(['NaN', 'Infinity', '-Infinity', '1e999']))
    return true
  },
  'another text': (place, draw) => {
    const text = at(place)
    if (typeof text !== 'string') return false
    put(place, draw.of(['', `${text}x`, text.slice(1), '../../etc', 'ü\n"', 'a'.repeat(5000)]))
    return true
  },
  'another shape': (place, draw) => {
    const list = at(place)
    if (!Array.isArray(list)) return false
    if (draw.isOneIn(2)) list.push(list.at(-1) ?? 1)
    else put(place, [list])
    return true
  },
  'a further key': ({ holder }) => {
    if (Array.isArray(holder)) return false
    holder.unknown = 1
    return true
  },
}

/** What happens to the values of a JSON file; it is written as it was, in lines or in one. */
export const jsonMutations: readonly Mutation[] = [
  ...Object.entries(changes).map(([name, change]) => ({
    name,
    apply: (bytes: Buffer, draw: Draw) => changed(bytes.toString(), change, draw),
  })),
  {
    name: 'other white space',
    apply(bytes) {
      const value = parsed(bytes.toString())
      return value === undefined ? null : Buffer.from(`${JSON.stringify(value, null, 3)}\n\n`)
    },
  },
  { name: 'null for all', apply: () => Buffer.from('null') },
  { name: 'a list for all', apply: () => Buffer.from('[]') },
]

function changed(text: string, change: (place: Place, draw: Draw) => boolean, draw: Draw): Buffer | null {
  const value = parsed(text)
  if (value === undefined) return null
  const place = placeIn(value, draw)
  if (place === null || !change(place, draw)) return null
  const indent = text.startsWith('{\n') ? (/^ +/m.exec(text)?.[0].length ?? 1) : 0
  const end = text.endsWith('\n') ? '\n' : ''
  return Buffer.from(
    `${JSON.stringify(value, null, indent)}${end}`.replace(/"\\u0000no number([^"]+)"/, (_, name) => name),
  )
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
