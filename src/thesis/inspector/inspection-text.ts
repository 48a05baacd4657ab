import { type Inspection, isEmpty, signed } from '../../figures/drawings/inspection.js'
import { datasetName, methodName, networkName } from '../../figures/kit/names.js'
import { itemShares, stepShares } from '../../figures/kit/step-bars.js'

/** What was chosen and found, in Markdown: a sentence, and a line of a table for each method. */
export function inspectionText(inspection: Inspection): string {
  const { dataset, network, sequence, items, relevant, classes, logits, label, prediction, target } =
    inspection
  const roles = [
    ...(target === label ? ['the label'] : []),
    ...(target === prediction ? ['the prediction'] : []),
  ]
  const heads = items.map((name, k) => `item ${k + 1}: ${name}${relevant.includes(k) ? ', relevant' : ''}`)
  const lines = inspection.explanations.map((explanation) => {
    const { method, cosine, steps, states } = explanation
    if (isEmpty(explanation)) return [methodName(method), 'no relevance', ...items.map(() => ''), '', '']
    return [
      methodName(method),
      signed(cosine),
      ...itemShares(steps, items.length).map((share) => `${share.toFixed(0)} %`),
      String(strongest(steps) + 1),
      `${states.state} ${states.units.map(({ unit }) => unit).join(', ')}`,
    ]
  })
  const head = ['method', 'cosine', ...heads, 'strongest step', 'top hidden units']
  const table = [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`)
  return (
    `**Test sequence ${sequence} of ${datasetName(dataset)}**, label ${classes[label]}: ${networkName(network)} predicts ` +
    `${classes[prediction]}, ${prediction === label ? 'rightly' : '**wrongly**'}. Explained is ${classes[target]}` +
    `${roles.length > 0 ? `, ${roles.join(' and ')},` : ''} with the logit ${signed(logits[target]!)}.\n\n${table.join('\n')}`
  )
}

function strongest(steps: readonly number[]): number {
  const shares = stepShares(steps)
  return shares.indexOf(Math.max(...shares))
}
