import { measures, methods, posterMethods } from '../../catalogue/index.js'
import { methodStyle } from '../../figures/kit/palette.js'
import type { Problem } from '../../thesis/models/problem.js'
import { entryOf, shortOf } from '../../values/registry.js'
import type { ShownMeasure, ShownMethod } from '../shared/manifest.js'

/** The methods that the page offers, those of the poster first. */
export const shownMethods = (): ShownMethod[] =>
  [...posterMethods, ...methods.filter((method) => !posterMethods.includes(method))].map((method) => ({
    id: method.id,
    title: method.title,
    short: shortOf('method', method.id),
    color: methodStyle(method.id).color,
    hasLedger: method.ledger !== undefined,
  }))

/** The measures that judge relevance alone, item by item or pixel by pixel. */
export const shownMeasures = (problem: Problem): ShownMeasure[] =>
  measures
    .filter(({ score }) => score !== undefined)
    .map(({ id, title, range, baseline }) => ({
      id,
      title,
      range,
      short: shortOf('measure', id),
      baseline: baseline(problem),
      baselineName: entryOf('measure', id)?.baselineName ?? 'chance',
    }))
