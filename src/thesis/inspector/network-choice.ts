const UNTRAINED = ':untrained'

/** The choice of a network, as it was trained or as its training began. */
export interface NetworkChoice {
  readonly id: string
  readonly isUntrained: boolean
}

/** What a network is called in a choice, such as `r-lstm` or `r-lstm:untrained`; ids have no colon. */
export const choiceOfNetwork = ({ id, isUntrained }: NetworkChoice): string =>
  isUntrained ? `${id}${UNTRAINED}` : id

/** The network that a choice names. */
export const networkOfChoice = (choice: string): NetworkChoice =>
  choice.endsWith(UNTRAINED)
    ? { id: choice.slice(0, -UNTRAINED.length), isUntrained: true }
    : { id: choice, isUntrained: false }
