import { setImmediate } from 'node:timers/promises'
import { afterEach } from 'vitest'

// Tests that compute without a pause would keep vitest's messages waiting until it takes the worker for dead.
afterEach(() => setImmediate())
