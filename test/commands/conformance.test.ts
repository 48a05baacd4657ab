import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../data/synthetic.js'
import { runCommand } from './project.js'

const GOLDEN = resolve('test/golden')

/** A folder with the smallest golden file and the checksums of all. */
function sealedFolder(): string {
  const folder = temporaryFolder()
  for (const name of ['shallow.json', 'SHA256SUMS']) copyFileSync(join(GOLDEN, name), join(folder, name))
  const sums = readFileSync(join(folder, 'SHA256SUMS'), 'utf8')
  writeFileSync(
    join(folder, 'SHA256SUMS'),
    sums
      .split('\n')
      .filter((line) => line.endsWith('  shallow.json'))
      .join('\n'),
  )
  return folder
}

const conformance = (folder: string) => runCommand('src/commands/conformance.ts', [folder])

describe('a sealed folder of golden files', () => {
  it('conforms; a file that nobody sealed is said to be unsealed', async () => {
    const folder = sealedFolder()
    copyFileSync(join(folder, 'shallow.json'), join(folder, 'own.json'))
    const { code, stdout } = await conformance(folder)
    expect([code, stdout]).toEqual([0, expect.stringContaining('not in SHA256SUMS, so not sealed: own.json')])
  })

  it('refuses a number that is another, however little', async () => {
    const folder = sealedFolder()
    const text = readFileSync(join(folder, 'shallow.json'), 'utf8')
    const golden = JSON.parse(text)
    golden.relevance.deepTaylor.values[0] += 1e-9
    writeFileSync(join(folder, 'shallow.json'), JSON.stringify(golden))
    const { code, stdout } = await conformance(folder)
    expect([code, stdout]).toEqual([1, expect.stringMatching(/FAIL +shallow.json +it was damaged or edited/)])
  })

  it('says what of a file is missing, and which file', async () => {
    const folder = sealedFolder()
    const { units: _, ...golden } = JSON.parse(readFileSync(join(folder, 'shallow.json'), 'utf8'))
    writeFileSync(join(folder, 'shallow.json'), JSON.stringify(golden))
    expect((await conformance(folder)).stdout).toContain('it has no units')
    rmSync(join(folder, 'shallow.json'))
    writeFileSync(join(folder, 'SHA256SUMS'), `${'0'.repeat(64)}  gone.json\n`)
    expect((await conformance(folder)).stdout).toMatch(/FAIL +gone.json +it is missing; SHA256SUMS names it/)
  })

  it('whose checksums are none is refused, naming the line', async () => {
    const folder = sealedFolder()
    writeFileSync(join(folder, 'SHA256SUMS'), 'nonsense\n')
    const { code, stderr } = await conformance(folder)
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining('SHA256SUMS, line 1 is "nonsense"; it must be'),
    ])
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })
})
