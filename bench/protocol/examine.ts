import { setTimeout as delay } from 'node:timers/promises'
import { ProtocolClient } from './client.js'
import type { Demand } from './demand.js'
import type { Kernel } from './kernels.js'

/** How a kernel does on one demand. */
export interface Verdict {
  readonly demand: Demand
  /** Why it is not met; null if it is. */
  readonly failure: string | null
}

export interface ExamineOptions {
  /** The working folder of the kernel. */
  readonly folder: string
  /** Milliseconds after which a demand counts as not met. Default: 10,000 */
  readonly limit?: number
}

/** Asks one thing after another of a kernel. After one that it does not meet it gets a fresh start. */
export async function* examine(
  kernel: Kernel,
  demands: readonly Demand[],
  { folder, limit = 10_000 }: ExamineOptions,
): AsyncGenerator<Verdict> {
  let client: ProtocolClient | null = null
  try {
    for (const demand of demands) {
      client ??= await ProtocolClient.start(kernel, folder)
      const failure = await failureOf(demand, client, kernel, limit)
      if (failure !== null || !client.isAlive) {
        await client.end()
        client = null
      }
      yield { demand, failure }
    }
  } finally {
    await client?.end()
  }
}

async function failureOf(
  demand: Demand,
  client: ProtocolClient,
  { snippets }: Kernel,
  limit: number,
): Promise<string | null> {
  const calledOff = new AbortController()
  // What a kernel has no words for is thrown before anything is asked.
  const check = (async () => demand.check(client, snippets))()
  const late = delay(limit, undefined, { signal: calledOff.signal }).then(() => {
    throw new Error(`${client.awaited} did not come within ${limit / 1000} s`)
  })
  late.catch(() => {})
  check.catch(() => {})
  try {
    await Promise.race([check, late])
    return null
  } catch (error) {
    return error instanceof Error ? error.message : `${error}`
  } finally {
    calledOff.abort()
  }
}
