/** One of the values of a control. */
export interface ControlOption {
  readonly value: string
  readonly label: string
}

interface Labelled {
  readonly label: string
}

/** A whole number from 0 to `last`, with buttons to the one before and after; anything else that is typed is refused beside the field. */
export interface NumberControl<Choice> extends Labelled {
  readonly kind: 'number'
  last(choice: Choice): number
  /** Where a button leads, or null where there is nothing further that way; by default one up or down. */
  move?(choice: Choice, by: 1 | -1): Promise<number | null>
}

/** One of several values. */
export interface OneControl<Choice> extends Labelled {
  readonly kind: 'one'
  /** The values stay the same, their labels may depend on what else is chosen. */
  options(choice: Choice): readonly ControlOption[]
}

/** Any number of several values. */
export interface SeveralControl extends Labelled {
  readonly kind: 'several'
  readonly options: readonly ControlOption[]
}

/** Yes or no. */
export interface FlagControl extends Labelled {
  readonly kind: 'flag'
}

/** How the reader sets a value: a number, a string, several strings, or true and false. */
export type Control<Choice> = NumberControl<Choice> | OneControl<Choice> | SeveralControl | FlagControl

export type ControlValue = number | string | boolean | readonly string[]

/** A control for every value of a choice, in the order in which they are shown. */
export type Controls<Choice> = { readonly [Name in keyof Choice]: Control<Choice> }

/** Values by name. */
export type Values<Choice> = { readonly [Name in keyof Choice]: ControlValue }
