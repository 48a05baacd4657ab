import { methodName } from '../figures/kit/names.js'
import { type Comparison, FEWEST, type Verdict } from './verdicts.js'

/** A table of Markdown, a line per claim; each links to what a page says of it. */
export function verdictsTable(verdicts: readonly Verdict[], page = ''): string {
  return [
    '| claim | by | verdict | comparisons | differences | seeds |',
    '|---|---|---|---|---|--:|',
    ...verdicts.map(({ claim, comparisons, outcome }) => {
      const verdict = outcome === null ? 'not put to the test yet' : `**${outcome}**`
      const cells = [countsOf(comparisons), reachOf(comparisons), seedsOf(comparisons)]
      return `| [${claim.text}](${page}#${claim.id}) | ${claim.by} | ${verdict} | ${cells.join(' | ')} |`
    }),
  ].join('\n')
}

/** A page of Markdown that says of each claim what the seeds of a study say, with the numbers. */
export function verdictsPage(verdicts: readonly Verdict[]): string {
  const details = verdicts.flatMap(({ claim, comparisons, outcome }) => [
    '',
    `<a id="${claim.id}"></a>`,
    '',
    `## ${claim.text}`,
    '',
    outcome === null
      ? `The study has fewer than ${FEWEST} seeds of what is compared.`
      : `**${outcome}**, by ${claim.measure}, ${claim.test} test over seeds at the level ${claim.level}, p-values adjusted by Holm among ${comparisons.length} comparisons.`,
    ...(comparisons.length === 0 ? [] : ['', ...tableOf(claim.test === 'paired t', comparisons)]),
  ])
  return `${['# What the study says of its claims', '', verdictsTable(verdicts), ...details].join('\n')}\n`
}

const reachOf = (comparisons: readonly Comparison[]): string => {
  if (comparisons.length === 0) return ''
  const all = comparisons.map(({ difference }) => difference)
  return `${signed(Math.min(...all))} to ${signed(Math.max(...all))}`
}

const seedsOf = (comparisons: readonly Comparison[]): string => {
  if (comparisons.length === 0) return ''
  const all = comparisons.map(({ seeds }) => seeds)
  const [least, most] = [Math.min(...all), Math.max(...all)]
  return least === most ? `${least}` : `${least} to ${most}`
}

function countsOf(comparisons: readonly Comparison[]): string {
  const outcomes = [...new Set(comparisons.map(({ outcome }) => outcome))]
  return outcomes
    .map((outcome) => `${comparisons.filter((one) => one.outcome === outcome).length} ${outcome}`)
    .join(', ')
}

const tableOf = (isPaired: boolean, comparisons: readonly Comparison[]): string[] => [
  `| dataset | method | comparison | difference [${isPaired ? 95 : 90} %] | p | seeds | verdict |`,
  '|---|---|---|--:|--:|--:|---|',
  ...comparisons.map(
    ({ dataset, method, what, difference, low, high, p, seeds, outcome }) =>
      `| ${dataset} | ${method === null ? '' : methodName(method)} | ${what} | ${signed(difference)} [${signed(low)}, ${signed(high)}] | ${p < 0.001 ? '< 0.001' : p.toFixed(3)} | ${seeds} | ${outcome} |`,
  ),
]

const signed = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`
