import type { Configuration } from '../../training/checkpoint.js'
import type { ModelConfiguration } from './configuration.js'

/** What is not in a configuration of format 1, with `unknown` where nothing can be said of it. */
const UNRECORDED = { fingerprint: 'unknown', data: 'unknown', procedure: 0 } as const

/**
 * A configuration of format 1 in format 2, where `stationary` of the problem is `freshSequences`, `keep` is `keepProbability` and
 * dropout is `perStep` (`ordinary`) or `perSequence` (`stationary`); any other as it is.
 */
export function fromFormat1(configuration: Configuration): ModelConfiguration {
  if (configuration.format !== 1) return configuration as unknown as ModelConfiguration
  const { problem, training, start, ...rest } = configuration as unknown as Format1
  const { stationary, ...sizes } = problem
  const { keep, dropout, ...options } = training
  return {
    ...rest,
    format: 2,
    problem: { ...sizes, scan: 'leftToRight', freshSequences: stationary },
    training: {
      ...options,
      keepProbability: keep,
      dropout: dropout === 'stationary' ? 'perSequence' : 'perStep',
    },
    ...(start === undefined ? {} : { start: fromFormat1({ ...start }) }),
    ...UNRECORDED,
  }
}

type Sizes = Omit<ModelConfiguration['problem'], 'scan' | 'freshSequences'>
type Options = Omit<ModelConfiguration['training'], 'keepProbability' | 'dropout'>

interface Format1 extends Pick<ModelConfiguration, 'dataset' | 'network' | 'units' | 'sequences'> {
  readonly format: 1
  readonly problem: Sizes & { readonly stationary: boolean }
  readonly training: Options & { readonly keep: number; readonly dropout: 'ordinary' | 'stationary' }
  readonly start?: Format1
}
