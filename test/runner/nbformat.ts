/** What a notebook breaks of the schema of nbformat 4.5, one line each; fields that the schema does not know are let pass. */
export const nbformatProblems = (notebook: unknown): string[] => {
  const problems: string[] = []
  const say = (where: string, what: string): void => {
    problems.push(`${where}: ${what}`)
  }
  if (!isObject(notebook)) return ['the notebook: not an object']
  const { cells, metadata, nbformat, nbformat_minor: minor } = notebook
  if (nbformat !== 4) say('the notebook', 'nbformat is not 4')
  if (!Number.isInteger(minor) || Number(minor) < 5) say('the notebook', 'nbformat_minor is not 5 or more')
  if (!isObject(metadata)) say('the notebook', 'metadata is not an object')
  else {
    const { kernelspec, language_info: language } = metadata
    if (kernelspec !== undefined && !hasTexts(kernelspec, 'name', 'display_name'))
      say('the notebook', 'its kernelspec lacks a name or a display_name')
    if (language !== undefined && !hasTexts(language, 'name'))
      say('the notebook', 'its language_info lacks a name')
  }
  if (!Array.isArray(cells)) return [...problems, 'the notebook: cells is not an array']
  const ids = cells.map((cell) => (isObject(cell) ? cell.id : undefined))
  for (const [i, cell] of cells.entries()) {
    const where = `cell ${i + 1}`
    if (!isObject(cell)) {
      say(where, 'not an object')
      continue
    }
    if (typeof cell.id !== 'string' || !/^[a-zA-Z0-9-_]{1,64}$/.test(cell.id))
      say(where, `its id is ${cell.id}`)
    if (ids.indexOf(cell.id) < i) say(where, `its id ${cell.id} is not its own`)
    if (!isObject(cell.metadata)) say(where, 'metadata is not an object')
    if (!isText(cell.source)) say(where, 'source is not text')
    if (cell.cell_type === 'code') checkCode(where, cell, say)
    else if (cell.cell_type !== 'markdown' && cell.cell_type !== 'raw')
      say(where, `its type is ${cell.cell_type}`)
    else if ('outputs' in cell || 'execution_count' in cell) say(where, 'text has no outputs')
  }
  return problems
}

type Fields = Readonly<Record<string, unknown>>
type Say = (where: string, what: string) => void

const checkCode = (where: string, cell: Fields, say: Say): void => {
  if (!isCount(cell.execution_count)) say(where, 'execution_count is no count and not null')
  if ('attachments' in cell) say(where, 'code has no attachments')
  if (!Array.isArray(cell.outputs)) say(where, 'outputs is not an array')
  for (const [i, output] of (Array.isArray(cell.outputs) ? cell.outputs : []).entries())
    if (!isOutput(output)) say(where, `its output ${i + 1} lacks a field of its type`)
}

const isOutput = (output: unknown): boolean => {
  if (!isObject(output)) return false
  const isBundle = isObject(output.data) && isObject(output.metadata)
  switch (output.output_type) {
    case 'stream':
      return typeof output.name === 'string' && isText(output.text)
    case 'display_data':
      return isBundle
    case 'execute_result':
      return isBundle && isCount(output.execution_count)
    case 'error':
      return (
        hasTexts(output, 'ename', 'evalue') && Array.isArray(output.traceback) && isText(output.traceback)
      )
    default:
      return false
  }
}

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isText = (value: unknown): boolean =>
  typeof value === 'string' || (Array.isArray(value) && value.every((line) => typeof line === 'string'))

const isCount = (value: unknown): boolean => value === null || (Number.isInteger(value) && Number(value) >= 0)

const hasTexts = (value: unknown, ...names: readonly string[]): boolean =>
  isObject(value) && names.every((name) => typeof value[name] === 'string')
