import { describe, expect, it } from 'vitest'
import { checkTraining, type TrainingOptions } from '../../src/training/options.js'

const valid: TrainingOptions = {
  epochs: 100,
  batchSize: 50,
  learningRate: 2e-4,
  schedule: 'constant',
  keepProbability: 0.8,
  dropout: 'perStep',
  patience: null,
  seed: 1,
}

describe('training options', () => {
  it('may be at the ends of their ranges', () => {
    const ends = {
      epochs: 1,
      batchSize: 1,
      keepProbability: 1,
      patience: 1,
      seed: 0,
      learningRate: Number.MIN_VALUE,
    }
    expect(() => checkTraining({ ...valid, ...ends })).not.toThrow()
    expect(() => checkTraining({ ...valid, seed: -5, keepProbability: Number.EPSILON })).not.toThrow()
  })

  it.each<[string, unknown, string]>([
    ['epochs', 0, 'epochs is 0; it must be a whole number of at least 1'],
    ['epochs', 1.5, 'epochs is 1.5'],
    ['epochs', Number.POSITIVE_INFINITY, 'epochs is Infinity'],
    ['epochs', '5', 'epochs is 5; it must be a whole number'],
    ['batchSize', -1, 'batchSize is -1; it must be a whole number of at least 1'],
    ['patience', 0, 'patience is 0; it must be a whole number of at least 1'],
    ['patience', undefined, 'patience is undefined'],
    ['learningRate', 0, 'learningRate is 0; it must be a number above 0'],
    ['learningRate', Number.NaN, 'learningRate is NaN'],
    ['learningRate', Number.POSITIVE_INFINITY, 'learningRate is Infinity'],
    ['keepProbability', 0, 'keepProbability is 0; it must be in (0, 1]'],
    ['keepProbability', 1.1, 'keepProbability is 1.1'],
    ['keepProbability', Number.NaN, 'keepProbability is NaN'],
    ['seed', 0.5, 'seed is 0.5; it must be a whole number'],
    ['seed', 2 ** 53, `seed is ${2 ** 53}`],
    ['schedule', 'linear', "schedule is 'linear'; allowed are constant and cosine"],
    ['dropout', 'none', "dropout is 'none'; allowed are perStep and perSequence"],
  ])('with %s = %j are refused', (name, value, message) => {
    const given = { ...valid, [name]: value } as TrainingOptions
    expect(() => checkTraining(given)).toThrow(RangeError)
    expect(() => checkTraining(given)).toThrow(message)
  })
})
