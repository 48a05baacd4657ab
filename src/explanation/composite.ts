import type { LayerRule, LayerType, Rule } from './rule.js'

/** Rules for layers by name or kind, and one for the rest. */
export interface Composite extends Pick<Rule, 'gates' | 'signedSums'> {
  /** The first that fits a layer counts. */
  readonly layers: readonly LayerRule[]
  /** The rule of all other layers; what it says of gates and of sums holds, unless the composite says otherwise. */
  readonly rest: Rule
}

const KINDS: readonly LayerType[] = ['dense', 'convolution', 'pixels']

/**
 * A rule that assigns rules to layers by name or kind, as zennit's composites do (Anders et al. 2021). A network without a layer of a
 * name is refused when it is explained.
 *
 * @throws Error when there is no such kind of layer, or the rule of a layer is a composite itself
 * @example
 * const rule = composite({
 *   layers: [{ name: 'input', rule: deepTaylorRuleWith({ pixels: 'flat' }) }, { kind: 'convolution', rule: gammaRule(0.25) }],
 *   rest: epsilonRule(0.01),
 * })
 * const mixed = propagation({ id: 'mixed', title: 'Flat, γ and ε', rule, start: 'logit' })
 */
export function composite({
  layers,
  rest,
  gates = rest.gates,
  signedSums = rest.signedSums,
}: Composite): Rule {
  for (const { kind, name, rule } of layers) {
    if (name === undefined && !KINDS.includes(kind))
      throw new Error(`there are no layers of kind '${kind}'; there are ${KINDS.join(', ')}`)
    if ('layers' in rule)
      throw new Error(`the rule for ${name ?? kind} is a composite; only the rest may have one`)
  }
  return { ...rest, layers: [...layers, ...(rest.layers ?? [])], gates, signedSums }
}
