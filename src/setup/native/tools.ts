import { run } from './run.js'

/** The programs of the machine that the build needs. */
export interface Tools {
  /** A C++ compiler's command. */
  readonly compiler: string
  /** A Python 3 with pip: it fetches and unpacks the wheel. */
  readonly python: string
  readonly versions: string
}

/**
 * Looks for a C++ compiler (`$CXX`, g++, clang++ or c++) and, where a wheel is to be fetched, for a Python 3 with pip.
 *
 * @throws saying what is missing and how to get it
 */
export async function findTools(cwd: string, env = process.env): Promise<Tools> {
  const compilers = env.CXX ? [env.CXX] : ['g++', 'clang++', 'c++']
  const compiler = await firstAnswering(compilers, ['--version'], cwd)
  if (compiler === null) {
    throw new Error(
      `no C++ compiler answers (tried ${compilers.join(', ')}): install one, on Debian with 'apt install g++', or set CXX`,
    )
  }
  const pythons = env.PYTHON ? [env.PYTHON] : ['python3', 'python']
  const pip = await firstAnswering(pythons, ['-m', 'pip', '--version'], cwd)
  if (pip === null) {
    throw new Error(
      `no Python with pip answers (tried ${pythons.join(', ')}): install one, on Debian with 'apt install python3-pip', or set PYTHON`,
    )
  }
  return {
    compiler: compiler.program,
    python: pip.program,
    versions: `${compiler.answer}, ${pip.answer.replace(/ from \S+/, '')}`,
  }
}

async function firstAnswering(programs: readonly string[], words: readonly string[], cwd: string) {
  for (const program of programs) {
    try {
      const answer = await run(program, words, { cwd })
      return { program, answer: answer.split('\n')[0]?.trim() ?? '' }
    } catch {
      // A program that is missing or cannot even say its version is not the one to use.
    }
  }
  return null
}
