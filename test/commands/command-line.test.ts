import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  asked,
  commandLine,
  decimal,
  fromCaller,
  run,
  several,
  severalNames,
  UsageError,
  wholeNumber,
} from '../../src/commands/command-line.js'

const example = () =>
  commandLine('npm run example --', 'Shows how.')
    .option('--jobs <n>', 'processes at once', wholeNumber())
    .option('--keep <p>', 'probability', decimal)
    .option('--network <name>', 'may be given several times', several)
    .option('--method <name>', 'may be given several times or by commas', severalNames)

const said: string[] = []
const printed: string[] = []

beforeEach(() => {
  said.length = 0
  printed.length = 0
  vi.spyOn(console, 'error').mockImplementation((line: string) => said.push(line))
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0)
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
  process.exitCode = undefined
})

/** The exit code of a command line. */
async function codeOf(
  argv: readonly string[],
  action: (options: Record<string, unknown>) => number | undefined | Promise<number | undefined> = () => 0,
) {
  const command = example()
  await run(command, () => action(command.opts()), ['node', 'example', ...argv])
  const code = process.exitCode
  process.exitCode = undefined
  return code
}

describe('a command line', () => {
  it('gives its command the options, and its exit code is what the command returns', async () => {
    const seen: unknown[] = []
    const argv = ['--jobs', '3', '--network', 'deep', '--network', './mine.ts', '--keep', '0.5']
    const action = (options: Record<string, unknown>) => {
      seen.push(options)
      return 7
    }
    expect(await codeOf(argv, action)).toBe(7)
    expect(seen).toEqual([{ jobs: 3, keep: 0.5, network: ['deep', './mine.ts'] }])
  })

  it('takes several names by commas or by giving the option again', async () => {
    const seen: unknown[] = []
    await codeOf(['--method', 'sensitivity, deepTaylor', '--method', './mine.ts,'], (options) => {
      seen.push(options)
      return 0
    })
    expect(seen).toEqual([{ method: ['sensitivity', 'deepTaylor', './mine.ts'] }])
  })

  it.each([
    [['--joobs', '3'], /^unknown option '--joobs'.*--jobs.*\(npm run example -- --help\)$/],
    [['--jobs', 'many'], /'--jobs <n>'.*'many'.*whole number of at least 1/],
    [['--jobs', '1.5'], /whole number of at least 1/],
    [['--keep', 'half'], /'half'.*It must be a number/],
    [['--jobs'], /argument missing/],
    [['surplus'], /too many arguments/],
  ])('refuses %j in one line with exit code 2', async (argv, line) => {
    expect(await codeOf(argv)).toBe(2)
    expect(said).toHaveLength(1)
    expect(said[0]).toMatch(line)
    expect(said[0]).not.toContain('\n')
  })

  it('prints its help and ends with 0', async () => {
    expect(await codeOf(['--help'])).toBe(0)
    expect(printed.join('')).toMatch(/Usage: npm run example -- \[options\]\n\nShows how\./)
    expect(said).toEqual([])
  })

  it('tells an error in one line with exit code 1, and what the caller got wrong with 2', async () => {
    const fails = (error: Error) => () => Promise.reject(error)
    expect(await codeOf([], fails(new Error('the disk\nis full')))).toBe(1)
    expect(await codeOf([], fails(new UsageError('there is no network x')))).toBe(2)
    expect(await codeOf([], async () => asked(Promise.reject(new RangeError('classes = 99'))))).toBe(2)
    expect(said).toEqual([
      'the disk is full',
      'there is no network x (npm run example -- --help)',
      'classes = 99 (npm run example -- --help)',
    ])
  })

  it('takes paths from where its caller stands, and other names as they are', () => {
    vi.stubEnv('INIT_CWD', '/somewhere/else')
    expect(['./mine.ts', '../mine.ts#gru', 'r-lstm', '/mine.ts'].map(fromCaller)).toEqual([
      '/somewhere/else/mine.ts',
      '/somewhere/mine.ts#gru',
      'r-lstm',
      '/mine.ts',
    ])
  })

  it('shows the stack with DEBUG=1', async () => {
    vi.stubEnv('DEBUG', '1')
    await codeOf([], () => Promise.reject(new Error('broken')))
    expect(said[0]).toMatch(/^Error: broken\n {4}at /)
  })
})
