import { run } from '../native/run.js'

/** A Python that can make virtual environments. */
export interface Python {
  readonly program: string
  /** Such as 3.11.7. */
  readonly version: string
}

/** The oldest Python that the pinned packages support. */
export const oldestPython = { major: 3, minor: 10 } as const

const oldest = `${oldestPython.major}.${oldestPython.minor}`

/** macOS and older systems have an outdated `python3` beside a newer one that carries its version in its name. */
const programs = ['python3', 'python', ...[14, 13, 12, 11, 10].map((minor) => `python3.${minor}`)]

/**
 * Looks for a Python of at least 3.10 with venv and pip: `$PYTHON`, or the first on the path that fits.
 *
 * @throws saying what is missing and how to get it
 */
export async function findPython(cwd: string, env = process.env): Promise<Python> {
  const candidates = env.PYTHON ? [env.PYTHON] : programs
  const unfit: string[] = []
  for (const program of candidates) {
    const version = await versionOf(program, cwd)
    if (version === null) continue
    if (!isRecent(version)) {
      unfit.push(`${program} is Python ${version}, and ${oldest} or later is needed`)
    } else if (await makesEnvironments(program, cwd)) return { program, version }
    else {
      unfit.push(
        `${program} (Python ${version}) lacks venv or pip: on Debian and Ubuntu, 'apt install python3-venv' brings both`,
      )
    }
  }
  if (unfit.length > 0) throw new Error(unfit.join('; '))
  throw new Error(
    `no Python answers (tried ${candidates.join(', ')}): install Python ${oldest} or later, from https://python.org ` +
      `or on Debian with 'apt install python3-venv', or name one in PYTHON`,
  )
}

async function versionOf(program: string, cwd: string): Promise<string | null> {
  try {
    const answer = await run(program, ['-c', 'import platform; print(platform.python_version())'], { cwd })
    return /^\d+\.\d+\S*/.exec(answer.trim())?.[0] ?? null
  } catch {
    return null // missing, or one that cannot even say its version
  }
}

/** Debian's Python without python3-venv has the module venv, which then fails for want of ensurepip. */
async function makesEnvironments(program: string, cwd: string): Promise<boolean> {
  try {
    await run(program, ['-c', 'import venv, ensurepip'], { cwd })
    return true
  } catch {
    return false
  }
}

function isRecent(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10))
  return major > oldestPython.major || (major === oldestPython.major && minor >= oldestPython.minor)
}
