import { afterEach, describe, expect, it, vi } from 'vitest'

/** The module anew, as in a process of its own. */
async function freshModule() {
  vi.resetModules()
  return import('../../src/backend/use-backend.js')
}

afterEach(() => vi.unstubAllEnvs())

describe('the backend', () => {
  it('that is asked for but unknown is refused with those there are', async () => {
    const { useBackend } = await freshModule()
    await expect(useBackend('webgl')).rejects.toThrow(
      "backend 'webgl' is unknown; allowed are native and wasm",
    )
  })

  it('may be asked for by THESIS_BACKEND', async () => {
    vi.stubEnv('THESIS_BACKEND', 'cuda')
    const { useBackend } = await freshModule()
    await expect(useBackend()).rejects.toThrow("backend 'cuda' is unknown")
  })

  it('that did not start may be asked for anew', async () => {
    const { useBackend } = await freshModule()
    await expect(useBackend('webgl')).rejects.toThrow('unknown')
    expect((await useBackend('wasm')).name).toBe('wasm')
  })

  it('cannot be another one once it is in use', async () => {
    const { useBackend } = await freshModule()
    await useBackend('wasm')
    await expect(useBackend('native')).rejects.toThrow('this process already uses wasm')
  })

  it('native is what was asked for or an error, never another in its place', async () => {
    const { useBackend } = await freshModule()
    const outcome = await useBackend('native').then(
      ({ name }) => name,
      (error: Error) => error.message,
    )
    expect(outcome).toContain('native')
  })

  it('wasm starts once per process, says why, and adds no handlers for unhandled errors', async () => {
    const { useBackend } = await freshModule()
    const events = ['uncaughtException', 'unhandledRejection'] as const
    const before = events.map((event) => process.rawListeners(event).length)
    const choice = await useBackend('wasm')
    expect(choice.name).toBe('wasm')
    expect(choice.reason).not.toBe('')
    expect(await useBackend()).toBe(choice)
    expect(events.map((event) => process.rawListeners(event).length)).toEqual(before)
  })
})
