/** The parameters of a notebook by name. */
export type NotebookParameters = Readonly<Record<string, unknown>>

const current: { parameters: NotebookParameters } = { parameters: {} }

/** Keeps the parameters that the notebook runs with, for what it exports to say. */
export const rememberParameters = (parameters: NotebookParameters): void => {
  current.parameters = { ...parameters }
}

/** The parameters that the notebook runs with; none before it has checked them. */
export const currentParameters = (): NotebookParameters => current.parameters
