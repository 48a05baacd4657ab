import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A class with its options, and what its preamble sets beside the packages that tables and figures need. */
export interface Style {
  readonly documentClass?: string
  readonly preamble?: string
}

const documentOf = (body: string, { documentClass = '{article}', preamble = '' }: Style) =>
  `\\documentclass${documentClass}\n\\usepackage[utf8]{inputenc}\n\\usepackage{booktabs,graphicx}\n${preamble}\n\\begin{document}\n${body}\n\\end{document}\n`

/** A folder in which documents are compiled, by the TeX that is installed; `tex` is undefined where none has the two packages. */
export function texWorkshop() {
  const folder = mkdtempSync(join(tmpdir(), 'tex-'))
  /** What TeX says of a document; null where it does not compile. */
  const compiledBy = (program: string, body: string, style: Style): string | null => {
    writeFileSync(join(folder, 'table.tex'), documentOf(body, style))
    const words =
      program === 'tectonic'
        ? ['--print', 'table.tex']
        : ['-interaction=nonstopmode', '-halt-on-error', 'table.tex']
    const { status, stdout, stderr } = spawnSync(program, words, {
      cwd: folder,
      encoding: 'utf8',
      timeout: 120_000,
    })
    return status === 0 ? stdout + stderr : null
  }
  const tex = ['pdflatex', 'tectonic'].find((program) => compiledBy(program, 'Text.', {}) !== null)
  return {
    folder,
    tex,
    compiled: (body: string, style: Style = {}) => (tex ? compiledBy(tex, body, style) : null),
    /** The last document that was compiled, as PDF. */
    pdf: () => readFileSync(join(folder, 'table.pdf')),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
