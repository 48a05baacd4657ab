import { existsSync, readdirSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { useBackend } from '../../../src/backend/use-backend.js'
import { checkpointName, configurationOf } from '../../../src/thesis/models/configuration.js'
import { fromFormat1 } from '../../../src/thesis/models/format-1.js'
import { migrateCheckpoints } from '../../../src/thesis/models/migrate-checkpoints.js'
import { loadModel, trainOrLoad } from '../../../src/thesis/models/model.js'
import type { Plan } from '../../../src/thesis/models/plan.js'
import {
  addressOf,
  type Configuration,
  loadCheckpoint,
  saveCheckpoint,
} from '../../../src/training/checkpoint.js'
import { emptyRoot, smallPlan } from './small.js'

const place = vi.hoisted(() => ({ root: '' }))
vi.mock('../../../src/files/project-root.js', () => ({ projectRoot: () => place.root }))

place.root = emptyRoot()
const first = smallPlan()
const plan = smallPlan({ start: first, training: { ...first.training, epochs: 1, dropout: 'perSequence' } })
const folder = () => join(place.root, 'results', 'checkpoints')
const nameOf = async (plan: Plan) => checkpointName(await configurationOf(plan))

beforeAll(async () => {
  await useBackend()
})

/** A configuration as format 1 had it. */
function toFormat1(configuration: Configuration): Configuration {
  const { problem, training, start, fingerprint: _f, data: _d, procedure: _p, ...rest } = configuration
  const { freshSequences, scan: _s, ...sizes } = problem as Record<string, unknown>
  const { keepProbability, dropout, ...options } = training as Record<string, unknown>
  return {
    ...(rest as Configuration),
    format: 1,
    problem: { ...sizes, stationary: freshSequences },
    training: {
      ...options,
      keep: keepProbability,
      dropout: dropout === 'perStep' ? 'ordinary' : 'stationary',
    },
    ...(start === undefined ? {} : { start: toFormat1(start as Configuration) }),
  }
}

/** Writes a checkpoint anew with another configuration, in a folder of the name that it had. */
async function readdress(name: string, change: (configuration: Configuration) => Configuration) {
  const { configuration, parameters, result } = await loadCheckpoint(join(folder(), name))
  const changed = change(configuration)
  const to = `halves-shallow-${addressOf(changed)}`
  renameSync(join(folder(), name), join(folder(), to))
  await saveCheckpoint(join(folder(), to), { configuration: changed, parameters, result })
  return to
}

const tensorsOf = (name: string) => readFileSync(join(folder(), name, 'model.safetensors'))

describe('the migration of checkpoints', () => {
  it('gives those of format 1 configurations and addresses of now; parameters stay, byte for byte', async () => {
    const model = await trainOrLoad(plan)
    const wanted = [await nameOf(first), await nameOf(plan)]
    const before = [await readdress(wanted[0]!, toFormat1), await readdress(wanted[1]!, toFormat1)]
    const tensors = before.map(tensorsOf)
    await expect(loadModel(plan)).rejects.toThrow('there is no checkpoint')

    const migrations = await migrateCheckpoints(folder(), [first, plan])
    expect(migrations).toHaveLength(2)
    for (const [i, from] of before.entries()) expect(migrations).toContainEqual({ from, to: wanted[i] })
    expect(wanted.map(tensorsOf)).toEqual(tensors)
    expect(readdirSync(folder()).sort()).toEqual([...wanted].sort())
    expect(await loadModel(plan)).toEqual(model)
  })

  it('gives those whose fingerprint was written otherwise the address of now, and leaves those as they are that have it', async () => {
    await trainOrLoad(first)
    const name = await nameOf(first)
    const before = await readdress(name, (configuration) => ({
      ...configuration,
      fingerprint: 'of yesterday',
    }))
    expect(await migrateCheckpoints(folder(), [first])).toEqual([{ from: before, to: name }])
    expect(await migrateCheckpoints(folder(), [first])).toEqual([
      { from: name, kept: 'it is as it should be' },
    ])
  })

  it('leaves alone what no recipe has, and what is there already', async () => {
    await trainOrLoad(first)
    const name = await nameOf(first)
    expect(await migrateCheckpoints(folder(), [])).toEqual([
      { from: name, kept: 'no recipe has its training' },
    ])
    const old = await readdress(name, toFormat1)
    await trainOrLoad(first)
    expect(await migrateCheckpoints(folder(), [first])).toContainEqual({
      from: old,
      kept: `${name} is there already`,
    })
    expect(existsSync(join(folder(), old))).toBe(true)
  })

  it('refuses parameters with which the network of now does otherwise than they say', async () => {
    await trainOrLoad(first)
    const name = await nameOf(first)
    const old = await readdress(name, toFormat1)
    const { configuration, parameters, result } = await loadCheckpoint(join(folder(), old))
    await saveCheckpoint(join(folder(), old), {
      configuration,
      parameters,
      result: { ...result, testAccuracy: result.testAccuracy - 0.3 },
    })
    const [migration] = await migrateCheckpoints(folder(), [first])
    expect(migration).toMatchObject({
      from: old,
      kept: expect.stringMatching(/^its network computes something else: its test accuracy was /),
    })
    const { 'hidden.bias': _, ...fewer } = parameters
    await saveCheckpoint(join(folder(), old), { configuration, parameters: fewer, result })
    expect(await migrateCheckpoints(folder(), [first])).toEqual([
      { from: old, kept: 'its network is another: parameter hidden.bias [5] is missing' },
    ])
  })
})

describe('a configuration of format 1', () => {
  it('says of its problem and dropout what the new names say', async () => {
    const configuration = await configurationOf(plan)
    const {
      start,
      fingerprint: _f,
      data: _d,
      procedure: _p,
      ...rest
    } = fromFormat1(toFormat1({ ...configuration }))
    const { start: newStart, fingerprint: _g, data: _e, procedure: _q, ...newRest } = configuration
    expect(rest).toEqual(newRest)
    expect(start?.training).toEqual(newStart?.training)
    expect([rest.training.dropout, start?.training.dropout]).toEqual(['perSequence', 'perStep'])
  })

  it('of format 2 is left as it is', async () => {
    const configuration = await configurationOf(plan)
    expect(fromFormat1({ ...configuration })).toEqual(configuration)
  })
})
