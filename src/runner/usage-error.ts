/** What the caller of the runner got wrong: the message says what, and what is allowed. */
export class UsageError extends Error {
  override readonly name: string = 'UsageError'
}

/** A setting that does not fit the notebook; the message lists the parameters that exist. */
export class ParameterError extends UsageError {
  override readonly name = 'ParameterError'
}
