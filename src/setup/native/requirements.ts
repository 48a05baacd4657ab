/** A wheel that holds the TensorFlow library: the C interface, and the headers to compile against. */
export interface Wheel {
  readonly requirement: string
  readonly file: string
  readonly sha256: string
  readonly megabytes: number
  /** pip's options that choose this wheel, whatever Python runs pip. */
  readonly tags: readonly string[]
}

/** The machine that a library is for, in Node's names. */
export interface Machine {
  readonly platform: string
  readonly arch: string
  /** Alpine and its kin have musl, which TensorFlow's wheels do not support. */
  readonly glibc: boolean
}

export const tfjsNodeVersion = '4.22.0'
export const tensorflowVersion = '2.15.1'

/** The major versions of Node with which the built backend was tested; `entry.cjs` is what makes those from 23 on work. */
export const testedNode = { oldest: 20, newest: 26 } as const

/** The wheels by platform. 2.15.1 is the smallest one whose library tfjs-node 4.22's binding, made for 2.9.1, was tested with. */
const wheels: Readonly<Record<string, Wheel>> = {
  'linux-x64': {
    requirement: `tensorflow-cpu==${tensorflowVersion}`,
    file: 'tensorflow_cpu-2.15.1-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
    sha256: '54660c074d7241a503e81edfd9f5ef5af88f64051b72e2945f26318c790f2d26',
    megabytes: 207,
    tags: ['--implementation=cp', '--python-version=3.11', '--abi=cp311', '--platform=manylinux2014_x86_64'],
  },
}

/** Why the backend does not work with a version of Node like `20.19.0`, in one line, or null where it does. */
export function unsupportedNode(version: string): string | null {
  const major = Number.parseInt(version, 10)
  const { oldest, newest } = testedNode
  if (major >= oldest && major <= newest) return null
  return `the native backend is not supported on Node ${version}: it was tested with Node ${oldest} to ${newest}`
}

/**
 * The wheel for a machine.
 *
 * @throws naming the machine and those that are supported
 */
export function wheelFor({ platform, arch, glibc }: Machine): Wheel {
  const wheel = wheels[`${platform}-${arch}`]
  if (wheel !== undefined && (platform !== 'linux' || glibc)) return wheel
  const libc = platform === 'linux' && !glibc ? ' without glibc' : ''
  throw new Error(
    `there is no TensorFlow library for ${platform}-${arch}${libc} here, only for ${Object.keys(wheels).join(', ')}`,
  )
}

/** The machine that this process runs on. */
export function thisMachine(): Machine {
  return { platform: process.platform, arch: process.arch, glibc: hasGlibc() }
}

function hasGlibc(): boolean {
  const report: unknown = process.report?.getReport()
  if (typeof report !== 'object' || report === null || !('header' in report)) return false
  const { header } = report
  return typeof header === 'object' && header !== null && 'glibcVersionRuntime' in header
}
