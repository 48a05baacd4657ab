import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

const bench = (...options: string[]) =>
  promisify(execFile)(process.execPath, [
    ...['--import', 'tsx', join(import.meta.dirname, '..', '..', 'bench', 'run.ts')],
    ...options,
  ])

describe('npm run bench', () => {
  it('gives an array of rows and nothing else with --json', async () => {
    const { stdout } = await bench(
      ...['--json', '--measure', 'step', '--measure', 'explain', '--network', 'r-lstm'],
      ...['--turns', '1', '--runs', '1', '--no-peers'],
    )
    const rows: Record<string, unknown>[] = JSON.parse(stdout)
    const keys = ['measure', 'network', 'batch', 'steps', 'backend', 'ours', 'peer', 'ratio']
    for (const row of rows) {
      expect(Object.keys(row)).toEqual(keys)
      expect(row).toMatchObject({ network: 'r-lstm', steps: 12, peer: null, ratio: null })
      expect(row.ours).toBeGreaterThan(0)
    }
    expect(new Set(rows.map(({ batch }) => batch))).toEqual(new Set([50, 200, 100]))
  })

  it.each([
    [
      ['--measure', 'speed'],
      '--measure speed is unknown; there are step, explain, train, growth, notebook, protocol',
    ],
    [['--network', 'lstm'], "network 'lstm' is unknown"],
    [['--turns', '0'], 'It must be a whole number of at least 1'],
  ])('refuses %s with what is allowed', async (options, message) => {
    await expect(bench(...options)).rejects.toThrow(message)
  })
})
