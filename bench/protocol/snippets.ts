/** Something to complete or to explain: the cursor is after `before`. */
export interface AtCursor {
  readonly before: string
  readonly after: string
}

/**
 * What a demand runs, in the language of a kernel. Null stands for what a kernel gives cells no way to ask for, which fails
 * the demands that are about it.
 */
export interface Snippets {
  /** Of the language, as `language_info` has it. */
  readonly extension: string
  /** A cell with the value 42. */
  readonly answer: string
  readonly nothing: string
  /** A cell with two lines, which goes into the history. */
  readonly needle: string
  readonly failing: { readonly code: string; readonly ename: string; readonly evalue: string }
  /** Fails after requests that were sent along with it have come in. */
  readonly failingLate: string
  readonly stdout: string
  readonly stderr: string
  /** Says something in a process of its own that has the kernel's standard output. */
  readonly subprocess: string
  /** Keeps the kernel's thread busy for so many milliseconds. */
  readonly busy: (milliseconds: number) => string
  readonly endless: string
  /** Waits for a minute without computing. */
  readonly sleep: string
  /** Leaves a mark; the cell `marked` then prints 'marked', and 'unmarked' without it. */
  readonly mark: string
  readonly marked: string
  readonly badExpression: string
  readonly complete: string
  readonly incomplete: string
  readonly invalid: string
  /** Runs before something is completed or explained. */
  readonly preparation: string
  /** Completed, and what it then reads. */
  readonly completion: AtCursor & { readonly completed: string }
  readonly completionInTheMiddle: AtCursor & { readonly completed: string }
  readonly known: AtCursor
  readonly unknown: AtCursor
  /** A function that `preparation` defines. */
  readonly ownFunction: AtCursor
  /** Shows `<b>shown</b>` as text/html. */
  readonly display: string | null
  /** Shows 'first', and then 'second' in its place. */
  readonly update: string | null
  /** Shows something, and clears the output of the cell. */
  readonly clear: string | null
  /** Asks 'Name? ' and prints the answer. */
  readonly input: string | null
  /** Opens a comm to the target 'demand' that sends back `{ echo: data }`. */
  readonly comm: string | null
}

/** More than twice as many UTF-16 units than code points before the cursor. */
const ASTRAL = '😀'.repeat(24)

const typeScript = {
  extension: '.ts',
  answer: '6 * 7',
  nothing: 'const nothing = null',
  needle: 'const needle = 1\nneedle + 1',
  failing: { code: "throw new RangeError('too far')", ename: 'RangeError', evalue: 'too far' },
  failingLate: "await new Promise((resolve) => setTimeout(resolve, 300))\nthrow new RangeError('too far')",
  stdout: "console.log('to stdout')",
  stderr: "console.error('to stderr')",
  subprocess: `import { spawnSync } from 'node:child_process'
spawnSync('node', ['-e', 'console.log("from " + "a subprocess")'], { stdio: 'inherit' }).status`,
  busy: (milliseconds: number) => `{ const end = Date.now() + ${milliseconds}; while (Date.now() < end); }`,
  endless: 'while (true);',
  sleep: 'await new Promise((resolve) => setTimeout(resolve, 60_000))',
  mark: "Reflect.set(globalThis, 'mark', 'marked')",
  marked: "console.log(Reflect.get(globalThis, 'mark') ?? 'unmarked')",
  badExpression: 'notDefinedAnywhere',
  complete: 'const one = 1',
  incomplete: 'function open() {',
  invalid: 'const = }',
  preparation: `/** Doubles a number. */
function doubled(value: number): number {
  const two = 2
  return two * value
}`,
  completion: {
    before: `'${ASTRAL}'; Math.flo`,
    after: '',
    completed: `'${ASTRAL}'; Math.floor`,
  },
  completionInTheMiddle: { before: 'Math.flo', after: '(1.5) + 2', completed: 'Math.floor(1.5) + 2' },
  known: { before: `'${ASTRAL}'; parseInt`, after: '' },
  unknown: { before: 'notDefinedAnywhere', after: '' },
  ownFunction: { before: 'doubled', after: '(2)' },
}

export const tslabSnippets: Snippets = {
  ...typeScript,
  display: "import { display } from 'tslab'\ndisplay.html('<b>shown</b>')",
  update:
    "import { newDisplay } from 'tslab'\nconst shown = newDisplay()\nshown.text('first')\nshown.text('second')",
  clear: null,
  input: null,
  comm: null,
}

export const ourSnippets: Snippets = {
  ...tslabSnippets,
  clear: "console.log('shown')\nclearOutput()",
  input: "console.log(await input('Name? '))",
  comm: `{
  const comm = Reflect.get(globalThis, Symbol.for('thesis.comms')).open({
    target: 'demand', data: {}, metadata: {}, onMessage: (data: unknown) => comm.send({ echo: data }),
  })
}`,
}

export const denoSnippets: Snippets = {
  ...typeScript,
  display: "await Deno.jupyter.display({ 'text/html': '<b>shown</b>' }, { raw: true })",
  update: `await Deno.jupyter.display({ 'text/plain': 'first' }, { raw: true, display_id: 'one' })
await Deno.jupyter.display({ 'text/plain': 'second' }, { raw: true, display_id: 'one', update: true })`,
  clear: "console.log('shown')\nawait Deno.jupyter.broadcast('clear_output', { wait: false })",
  input: "console.log(prompt('Name? '))",
  comm: null,
}

export const pythonSnippets: Snippets = {
  extension: '.py',
  answer: '6 * 7',
  nothing: 'nothing = None',
  needle: 'needle = 1\nneedle + 1',
  failing: { code: "raise ValueError('too far')", ename: 'ValueError', evalue: 'too far' },
  failingLate: "import time\ntime.sleep(0.3)\nraise ValueError('too far')",
  stdout: "print('to stdout')",
  stderr: "import sys\nprint('to stderr', file=sys.stderr)",
  subprocess: `import subprocess
subprocess.run(['node', '-e', 'console.log("from " + "a subprocess")']).returncode`,
  busy: (milliseconds) =>
    `import time\nend = time.time() + ${milliseconds / 1000}\nwhile time.time() < end: pass`,
  endless: 'while True: pass',
  sleep: 'import time\ntime.sleep(60)',
  mark: "mark = 'marked'",
  marked: "print(globals().get('mark', 'unmarked'))",
  badExpression: 'not_defined_anywhere',
  complete: 'one = 1',
  incomplete: 'def open():',
  invalid: 'import = }',
  preparation: `import math
def doubled(value):
    '''Doubles a number.'''
    two = 2
    return two * value`,
  completion: {
    before: `'${ASTRAL}'; math.flo`,
    after: '',
    completed: `'${ASTRAL}'; math.floor`,
  },
  completionInTheMiddle: { before: 'math.flo', after: '(1.5) + 2', completed: 'math.floor(1.5) + 2' },
  known: { before: `'${ASTRAL}'; len`, after: '' },
  unknown: { before: 'not_defined_anywhere', after: '' },
  ownFunction: { before: 'doubled', after: '(2)' },
  display: "from IPython.display import HTML, display\ndisplay(HTML('<b>shown</b>'))",
  update: `from IPython.display import display
shown = display({'text/plain': 'first'}, raw=True, display_id=True)
shown.update({'text/plain': 'second'}, raw=True)`,
  clear: "from IPython.display import clear_output\nprint('shown')\nclear_output()",
  input: "print(input('Name? '))",
  comm: `from comm import create_comm
opened = create_comm(target_name='demand')
opened.on_msg(lambda message: opened.send({'echo': message['content']['data']}))`,
}
