import { verdicts } from './judge.js'
import type { Tally } from './tally.js'

const COLUMNS = ['tried', ...verdicts] as const

/** What the columns mean, for whoever reads the table alone. */
const WORDS = [
  '- **clear**: refused in a sentence that names the file or key and what is wrong, or thrown away and made anew',
  '- **unclear**: a stack, an internal error, or a sentence that names nothing',
  '- **accepted**: read with the value of the undamaged file, byte for byte where it was killed work',
  '- **other**: read as another, valid file, where a format holds no checksum (IDX, models of other programs, what people write); its value, and so its address, is another, so that no number of the first is shown for it',
  '- **lost**: read with a wrong value in spite of a checksum, or something of the user’s is gone or another',
].join('\n')

/** The campaign's table as a page of Markdown. */
export function reportOf(
  tally: Tally,
  how: { readonly line: string; readonly skipped: readonly string[] },
): string {
  const rows = [...tally.rows(), { ...tally.total(), kind: '**all**' }]
  const table = [
    `| kind | ${COLUMNS.join(' | ')} |`,
    `|---|${COLUMNS.map(() => '--:').join('|')}|`,
    ...rows.map((row) => `| ${row.kind} | ${COLUMNS.map((name) => row[name]).join(' | ')} |`),
  ].join('\n')
  const found = tally.findings.map(
    ({ kind, verdict, what, said }) =>
      `- ${kind}, ${verdict}: ${what}: ${said.replace(/\s+/g, ' ').slice(0, 300)}`,
  )
  return [
    '# Faults',
    `Written by \`${how.line}\`: files of every kind that is read are damaged and read, work is killed at random instants and started again, and done where no file may grow.`,
    table,
    WORDS,
    ...(how.skipped.length > 0 ? [`Not tried here: ${how.skipped.join('; ')}.`] : []),
    ...(found.length > 0 ? ['## Found', found.join('\n')] : []),
    '',
  ].join('\n\n')
}
