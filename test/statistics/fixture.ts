import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'

/** What `fixtures/make_fixtures.py` wrote. */
export const fixture = <T>(name: string): T =>
  JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures', `${name}.json`), 'utf8'))

/** Holds where every number of `wanted` is found to 1e-6: of 1, or of its size where that is larger. */
export function expectAgreement(found: object, wanted: Readonly<Record<string, number | undefined>>): void {
  for (const [name, number] of Object.entries(wanted)) {
    const value = (found as Record<string, unknown>)[name]
    expect(typeof value, name).toBe('number')
    const deviation = Math.abs((value as number) - number!) / Math.max(1, Math.abs(number!))
    expect(deviation, `${name} is ${value}, not ${number}`).toBeLessThan(1e-6)
  }
}
