import { referenceOf } from '../values/origin.js'
import type { InspectorChoice } from './inspector-choice.js'
import { type Inspectable, known } from './inspector-source.js'
import { networkOfChoice } from './network-choice.js'

/**
 * The code of a notebook's cell that makes the figure of a choice again: from names alone where what is chosen is found by them, else by
 * `inspector`, which the notebook made.
 */
export function inspectorCode(values: Inspectable, choice: InspectorChoice): string {
  const names = namesOf(values, choice)
  return names === null ? byInspector(choice) : byNames(names, choice)
}

interface Names {
  readonly dataset: string
  readonly networks: readonly { readonly name: string; readonly isUntrained: boolean }[]
  readonly methods: readonly string[]
  readonly measure: string
}

/** By what another notebook finds all that is chosen; null where something was made in this process. */
function namesOf(values: Inspectable, choice: InspectorChoice): Names | null {
  const chosen = [choice.network, ...(choice.beside === 'none' ? [] : [choice.beside])].map(networkOfChoice)
  const dataset = referenceOf(known('dataset', values.datasets, choice.dataset))
  const measure = referenceOf(known('measure', values.measures, choice.measure))
  const methods = choice.methods.map((id) => referenceOf(known('method', values.methods, id)))
  const networks = chosen.map(({ id, isUntrained }) => ({
    name: referenceOf(known('architecture', values.networks, id)),
    isUntrained,
  }))
  if (!values.isByRecipe(choice.dataset) || dataset === null || measure === null) return null
  const found = networks.flatMap(({ name, isUntrained }) => (name === null ? [] : [{ name, isUntrained }]))
  const named = methods.filter((name) => name !== null)
  if (found.length < networks.length || named.length < methods.length) return null
  return { dataset, networks: found, methods: named, measure }
}

function byNames(
  { dataset, networks, methods, measure }: Names,
  { sequence, target, scale }: InspectorChoice,
): string {
  const isAny = (wanted: boolean) => networks.some(({ isUntrained }) => isUntrained === wanted)
  const imports = [
    'inspect',
    ...(isAny(false) ? ['loadModel'] : []),
    'majority',
    ...(isAny(true) ? ['recipeOf', 'untrainedModel'] : []),
  ]
  const modelOf = ({ name, isUntrained }: Names['networks'][number]) =>
    isUntrained
      ? `untrainedModel(await recipeOf(${text(dataset)}, ${text(name)}))`
      : `loadModel(${text(dataset)}, ${text(name)})`
  return [
    `import { inspectorFigure } from '../src/figures/drawings/inspector-figure.js'`,
    `import { show } from '../src/notebook/index.js'`,
    `import { ${imports.join(', ')} } from '../src/thesis/index.js'`,
    '',
    '{',
    `  const { test } = await majority(${text(dataset)})`,
    `  const options = {`,
    `    methods: [${methods.map(text).join(', ')}],`,
    `    measure: ${text(measure)},`,
    `    target: ${/^\d+$/.test(target) ? target : `${text(target)} as const`},`,
    `  }`,
    `  const views = [`,
    ...networks.map((network) => `    await inspect(await ${modelOf(network)}, test, ${sequence}, options),`),
    `  ]`,
    `  await show(inspectorFigure(views, { scale: ${text(scale)} }))`,
    '}',
  ].join('\n')
}

const byInspector = (choice: InspectorChoice): string =>
  [
    `import { show } from '../src/notebook/index.js'`,
    '',
    '{',
    '  // What relevanceInspector returned in this notebook.',
    '  const { figure } = await inspector.draw({',
    ...Object.entries(choice).map(([name, value]) => `    ${name}: ${literal(value)},`),
    '  })',
    '  await show(figure)',
    '}',
  ].join('\n')

const literal = (value: unknown): string =>
  Array.isArray(value)
    ? `[${value.map(literal).join(', ')}]`
    : typeof value === 'string'
      ? text(value)
      : String(value)

/** A text in single quotes, as TypeScript has it. */
const text = (value: string): string =>
  `'${JSON.stringify(value).slice(1, -1).replaceAll("'", "\\'").replaceAll('\\"', '"')}'`
