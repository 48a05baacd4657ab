import { join } from 'node:path'
import { afterEach, expect, it, vi } from 'vitest'
import { checkRoom } from '../../src/files/room.js'

const disk = vi.hoisted(() => ({ free: 1_000_000 as number | null }))
vi.mock('node:fs', async (original) => ({
  ...(await original<typeof import('node:fs')>()),
  statfsSync() {
    if (disk.free === null) throw new Error('ENOSYS')
    return { bavail: disk.free / 1000, bsize: 1000 }
  },
}))
afterEach(() => {
  disk.free = 1_000_000
})

it('a disk without room is named before anything is done, with what is needed and what is free', () => {
  expect(() => checkRoom(join('folder', 'state'), 2_500_000)).toThrow(
    'state has no room in folder: 2.5 MB are needed, and 1.0 MB are free on that disk',
  )
  checkRoom(join('folder', 'state'), 1_000_000)
})

it('a disk that does not say how much is free refuses nothing', () => {
  disk.free = null
  checkRoom('state', 1e15)
})
