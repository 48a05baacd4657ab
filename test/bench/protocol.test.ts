import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Demand } from '../../bench/protocol/demand.js'
import { demands } from '../../bench/protocol/demands/index.js'
import { examine } from '../../bench/protocol/examine.js'
import { ourKernel } from '../../bench/protocol/kernels.js'
import { decode, encode } from '../../bench/protocol/message.js'
import { demandRows, demandTable } from '../../bench/protocol/table.js'
import { projectRoot } from '../../src/files/project-root.js'

const demand = (claim: string): Demand => ({ claim, check: async () => {} })

describe('a message', () => {
  const sender = { key: 'secret', session: 'one' }
  const asBuffers = (frames: readonly (string | Buffer)[]) => frames.map((frame) => Buffer.from(frame))

  it('comes back as it was sent, behind identities and before buffers', () => {
    const buffers = [Buffer.from([0, 255])]
    const parent = { msg_id: 'asked' }
    const { id, frames } = encode('comm_msg', { data: '😀' }, sender, { parent, buffers })
    const message = decode([Buffer.from('identity'), ...asBuffers(frames)], 'secret')
    expect(message).toMatchObject({ type: 'comm_msg', parentId: 'asked', content: { data: '😀' }, buffers })
    expect(message?.header.msg_id).toBe(id)
  })

  it('with a wrong signature is none', () => {
    const { frames } = encode('status', {}, sender, { wrongKey: 'guessed' })
    expect(decode(asBuffers(frames), 'secret')).toBeNull()
    expect(decode([Buffer.from('frames')], 'secret')).toBeNull()
  })
})

describe('the table of demands', () => {
  const rows = demandRows({
    ours: [
      { demand: demand('it sings'), failure: null },
      { demand: demand('it dances'), failure: null },
    ],
    deno: [
      { demand: demand('it sings'), failure: 'it hums' },
      { demand: demand('it dances'), failure: null },
    ],
  })

  it('has null for kernels that were not examined', () => {
    expect(rows[0]).toEqual({
      ...{ measure: 'protocol', demand: 'it sings', failures: { deno: 'it hums' } },
      ...{ ours: true, tslab: null, deno: false, ipykernel: null },
    })
  })

  it('shows those that were, counts what they meet and says why not', () => {
    const lines = demandTable(rows).split('\n')
    expect(lines[0]).toMatch(/^\| demand +\| ours +\| deno +\|$/)
    expect(lines[4]).toMatch(/^\| met +\| 2 of 2 +\| 1 of 2 +\|$/)
    expect(lines.at(-1)).toBe('- deno: it sings: it hums')
  })
})

describe('our kernel', () => {
  it('meets every demand of the messaging specification', async () => {
    const failures: Record<string, string> = {}
    for await (const { demand, failure } of examine(ourKernel, demands, {
      folder: join(projectRoot(), 'notebooks'),
      limit: 30_000,
    }))
      if (failure !== null) failures[demand.claim] = failure
    expect(failures).toEqual({})
  }, 600_000)
})
