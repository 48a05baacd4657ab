import type { Reply, Request } from '../shared/protocol.js'
import { Answers, messageOf } from './answer.js'
import { startBackend } from './backend.js'

/** What of a worker's global scope is used here; the project's types are those of a page. */
interface Scope {
  onmessage: ((event: MessageEvent<Request>) => void) | null
  postMessage(reply: Reply): void
}
const scope = globalThis as unknown as Scope

let answers: Answers | null = null

scope.onmessage = async ({ data: request }) => {
  const tell = (reply: Reply) => scope.postMessage(reply)
  if (request.kind === 'start') {
    const { manifest, base } = request
    const backend = startBackend(manifest, base)
    answers = new Answers(manifest, base, backend, tell)
    backend.then(() => tell({ kind: 'ready' }), crash)
    return
  }
  if (request.kind === 'refine') {
    answers?.refine()
    return
  }
  const { id } = request
  try {
    if (answers === null) throw new Error('the worker was asked before it was started')
    if (request.kind === 'explain') await answers.explain(id, request.question)
    else await answers.survey(id, request.survey)
  } catch (error) {
    tell({ kind: 'failed', id, why: messageOf(error) })
  }
}

/** Lets the page know as it knows of any other crash; what a promise throws stays inside a worker. */
function crash(error: unknown): void {
  setTimeout(() => {
    throw error
  })
}
