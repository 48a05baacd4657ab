import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { decodeSafetensors, encodeSafetensors } from '../../src/files/safetensors.js'
import { loadImported } from '../../src/importing/index.js'
import { fixture, importFixture } from './fixtures.js'

const folder = mkdtempSync(join(tmpdir(), 'import-command-'))
afterAll(() => rmSync(folder, { recursive: true }))

function importModel(...args: string[]) {
  const command = ['--import', 'tsx', 'src/commands/import-model.ts', ...args]
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' })
  return { status, stdout, stderr }
}

describe('npm run import-model', () => {
  it('writes what it read, and says how far the logits are from the original and what each method does', async () => {
    const { path } = fixture('keras-gru')
    const out = join(folder, 'keras-gru')
    const check = join(dirname(path), 'check.safetensors')
    const { status, stdout } = importModel(path, '--out', out, '--check', check)
    expect(status).toBe(0)
    expect(stdout).toContain('keras-gru: 5 steps of 4×3 pixels, read step by step; 3 classes')
    expect(stdout).toMatch(/gru +GRU, reset after the product, tanh +5 +275/)
    expect(stdout).toContain('biases are positive; negative activations come from gru')
    expect(stdout).toMatch(
      /largest \|logit difference\| over 6 sequences: \d\.\de-\d+ \(ok, the limit is 0.00001\)/,
    )
    expect(stdout).toMatch(
      /Deep Taylor decomposition +refused: not defined for layer 'gru.gates', whose inputs may be negative/,
    )
    expect(stdout).toMatch(
      /ε = 0.01 +explains it; of what enters at the logits pixels get .* %, biases .* %, ε .* %/,
    )
    const { parameters, network, geometry } = await importFixture('keras-gru')
    expect(await loadImported(out)).toMatchObject({ parameters, network, geometry })
  })

  it('fails where the original gave other logits', () => {
    const { path } = fixture('torch-rnn-relu')
    const { tensors, metadata } = decodeSafetensors(
      readFileSync(join(dirname(path), 'check.safetensors')),
      'check',
    )
    const other = join(folder, 'other.safetensors')
    tensors.logits!.values[0]! += 0.5
    writeFileSync(other, encodeSafetensors({ tensors, metadata }))
    const { status, stdout } = importModel(path, '--out', join(folder, 'rnn'), '--check', other)
    expect(status).toBe(1)
    expect(stdout).toContain('(FAIL, the limit is 0.00001)')
    expect(stdout).toMatch(/Deep Taylor decomposition +explains it; .*biases/)
    expect(stdout).toContain('A positive bias is evidence that comes from nowhere')
  })

  it('says in one line what it cannot read', () => {
    const { status, stdout, stderr } = importModel(join(folder, 'model.h5'))
    expect(status).toBe(2)
    expect(stdout).toBe('')
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect(stderr).toContain('model.h5: read are model.json and model.safetensors; write it in the format of')
  })
})
