import type { Probe } from './measure.js'

/** What does not depend on the method, so that all methods of a batch share it where the probe can keep it. */
export const once = <Value>(probe: Probe, key: string, make: () => Value): Value =>
  probe.once === undefined ? make() : probe.once(key, make)
