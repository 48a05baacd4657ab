import {
  type Inspection,
  inspectedName,
  inspectedShares,
  isEmpty,
} from '../../figures/drawings/inspection.js'
import { datasetName, measureInText, measureShortName, methodName } from '../../figures/kit/names.js'
import { fixed, wholePercent } from '../../figures/kit/numbers.js'

/** What was chosen and found, in Markdown: a sentence, and a line of a table for each method. */
export function inspectionText(inspection: Inspection): string {
  const { dataset, sequence, items, relevant, classes, logits, label, prediction, target } = inspection
  const { measure, baseline } = inspection
  const roles = [
    ...(target === label ? ['the label'] : []),
    ...(target === prediction ? ['the prediction'] : []),
  ]
  const heads = items.map((name, k) => `item ${k + 1}: ${name}${relevant.includes(k) ? ', relevant' : ''}`)
  const lines = inspection.explanations.map((explanation) => {
    const { method, score, steps, states } = explanation
    if (isEmpty(explanation)) return [methodName(method), 'no relevance', ...items.map(() => ''), '', '']
    const shares = inspectedShares(inspection, explanation)
    const units = states.map(({ state, units }) => `${state} ${units.map(({ unit }) => unit).join(', ')}`)
    return [
      methodName(method),
      fixed(score),
      ...items.map((_, item) => (shares ? wholePercent(shares[item]!) : '')),
      String(strongest(steps) + 1),
      units.join('; ') || 'none recorded',
    ]
  })
  const head = ['method', measureShortName(measure), ...heads, 'strongest step', 'top hidden units']
  const table = [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.map(plain).join(' | ')} |`)
  return (
    `**Test sequence ${sequence} of ${datasetName(dataset)}**, label ${classes[label]}: ${inspectedName(inspection)} predicts ` +
    `${classes[prediction]}, ${prediction === label ? 'rightly' : '**wrongly**'}. Explained is ${classes[target]}` +
    `${roles.length > 0 ? `, ${roles.join(' and ')},` : ''} with the logit ${fixed(logits[target]!)}. ` +
    `By ${measureInText(measure)}, an explanation that knows nothing scores ${fixed(baseline)}.\n\n${table.join('\n')}`
  )
}

/** A cell of a table in Markdown. */
const plain = (text: string): string => text.replaceAll('|', '\\|')

/** The step that received most. */
const strongest = (steps: readonly number[]): number => steps.indexOf(Math.max(...steps))
