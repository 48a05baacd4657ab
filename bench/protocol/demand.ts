import { stripVTControlCharacters } from 'node:util'
import { isJsonObject, type Json, type JsonObject, textField } from '../../src/runner/json.js'
import type { ProtocolClient } from './client.js'
import type { Message } from './message.js'
import type { Snippets } from './snippets.js'

/** Something that the messaging specification asks of a kernel. */
export interface Demand {
  /** What is true of a kernel that meets it. */
  readonly claim: string
  /** Throws the reason why a kernel does not meet it. */
  check(kernel: ProtocolClient, snippets: Snippets): Promise<void>
}

/** Throws `reason` where something is not as demanded. */
export function expect(holds: boolean, reason: string): asserts holds {
  if (!holds) throw new Error(reason)
}

/** What a kernel gives cells no way to do. */
export function possible(snippet: string | null, what: string): string {
  if (snippet === null) throw new Error(`cells have no way to ${what}`)
  return snippet
}

/** Throws unless the fields of `content` are of the kinds that are named. */
export function expectFields(
  content: JsonObject,
  kinds: Readonly<Record<string, 'text' | 'number' | 'boolean' | 'object' | 'list'>>,
): void {
  const kindOf = (value: Json | undefined) => {
    if (typeof value === 'string') return 'text'
    if (Array.isArray(value)) return 'list'
    return isJsonObject(value) ? 'object' : value === undefined ? 'missing' : typeof value
  }
  for (const [name, kind] of Object.entries(kinds))
    expect(kindOf(content[name]) === kind, `${name} is ${kindOf(content[name])}, not ${kind}`)
}

/** Throws unless a reply has this status. */
export function expectStatus({ type, content }: Message, status: 'ok' | 'error' | 'aborted'): void {
  expect(
    content.status === status,
    `${type} has the status ${JSON.stringify(content.status ?? null)}, not ${status}`,
  )
}

/** The messages of one type. */
export const ofType = (messages: readonly Message[], type: string): readonly Message[] =>
  messages.filter((message) => message.type === type)

/** The one message of a type; throws unless there is exactly one. */
export function theOne(messages: readonly Message[], type: string): JsonObject {
  const found = ofType(messages, type)
  expect(found.length === 1, `${found.length === 0 ? 'no' : found.length} ${type} published`)
  return found[0]!.content
}

/** What was written to a stream, all pieces together. */
export const streamText = (messages: readonly Message[], name: 'stdout' | 'stderr'): string =>
  ofType(messages, 'stream')
    .filter(({ content }) => content.name === name)
    .map(({ content }) => content.text)
    .join('')

/** What `data` has for terminals, without the colours that some kernels give it. */
export const plainText = (data: JsonObject): string => stripVTControlCharacters(textField(data, 'text/plain'))
