import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** A process that holds a network of PyTorch and answers requests, one line of JSON each. */
export class Peer {
  private readonly process: ChildProcess
  private readonly waiting = new Map<number, { resolve(answer: Answer): void; reject(error: Error): void }>()
  private requests = 0
  private lastWords = ''

  /** @param threads of PyTorch's own, for the products of one operation */
  constructor(python: string, threads: number) {
    this.process = spawn(python, [join(import.meta.dirname, 'peers', 'serve.py')], {
      env: { ...process.env, OMP_NUM_THREADS: `${threads}`, MKL_NUM_THREADS: `${threads}` },
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    this.process.stderr!.on('data', (data) => {
      this.lastWords = `${this.lastWords}${data}`.slice(-2000)
    })
    createInterface({ input: this.process.stdout! }).on('line', (line) => {
      const { id, error, ...answer } = JSON.parse(line)
      const { resolve, reject } = this.waiting.get(id)!
      this.waiting.delete(id)
      if (error === undefined) resolve(answer)
      else reject(new Error(`the peer: ${error}`))
    })
    this.process.on('exit', (code) => {
      for (const { reject } of this.waiting.values())
        reject(new Error(`the peer ended with exit code ${code}: ${this.lastWords}`))
    })
  }

  /** Sends a request and waits for its answer; throws with the peer's own words. */
  ask(what: string, details: object = {}): Promise<Answer> {
    const id = this.requests++
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject })
      this.process.stdin!.write(`${JSON.stringify({ id, do: what, ...details })}\n`)
    })
  }

  /** The milliseconds of each of several runs. */
  async time(what: string, details: object): Promise<number[]> {
    const { milliseconds } = await this.ask(what, details)
    return milliseconds as number[]
  }

  end(): void {
    this.process.kill()
  }
}

type Answer = Readonly<Record<string, unknown>>
