import { InvalidArgumentError } from 'commander'
import type { Units } from '../network/geometry.js'

/** `--units.hidden=128` and `--units.hidden 128` as `--units hidden=128`, the form that commander reads. */
export function unitsInWords(argv: readonly string[]): string[] {
  const words: string[] = []
  for (let i = 0; i < argv.length; i++) {
    const [, layer, value] = /^--units\.([^=]+)(?:=(.*))?$/s.exec(argv[i]!) ?? []
    if (layer === undefined) words.push(argv[i]!)
    else words.push('--units', `${layer}=${value ?? argv[++i] ?? ''}`)
  }
  return words
}

/** Collects `layer=n` options; whether a network has such layers is not its business. */
export function unitsOption(text: string, before: Units = {}): Units {
  const [layer, value, ...more] = text.split('=')
  if (!layer || value === undefined || more.length > 0)
    throw new InvalidArgumentError('It must be a layer and its neurons, such as --units.hidden=128.')
  const neurons = Number(value)
  if (value.trim() === '' || !Number.isSafeInteger(neurons) || neurons < 1)
    throw new InvalidArgumentError(`The neurons of ${layer} must be a whole number of at least 1.`)
  if (layer in before) throw new InvalidArgumentError(`The neurons of ${layer} are given twice.`)
  return { ...before, [layer]: neurons }
}
