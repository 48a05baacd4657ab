import { strings } from '../strings/index.js'
import type { WorkerStatus } from '../worker-client.js'

const { status: words } = strings

/** How it stands with the computation, said aloud where it changes. */
export function Status({ status, onRetry }: { status: WorkerStatus; onRetry: () => void }) {
  if (status.kind === 'broken')
    return (
      <div class="status problem" role="alert">
        {words.broken(status.why)}{' '}
        <button type="button" onClick={onRetry}>
          {words.retry}
        </button>
      </div>
    )
  return (
    <div class={`status ${status.kind}`}>
      <span role="status">{words[status.kind]}</span>
    </div>
  )
}
