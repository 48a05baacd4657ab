// A thread beside the cells, which none of them can keep busy. It answers Jupyter's heartbeat, and ends the kernel when
// the process that started it is gone: an orphan would go on training for nobody.
const { parentPort, workerData } = require('node:worker_threads')

const MILLISECONDS_BETWEEN_LOOKS = 500

/** @type {{startedBy: number, jupyterPid: number, heartbeatAddress: string, hasClosed: Int32Array}} */
const { startedBy, jupyterPid, heartbeatAddress, hasClosed } = workerData

/** @param {number} pid */
const isRunning = (pid) => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

const endKernel = () => {
  // What the cells started goes too, where the kernel leads a process group of its own, as Jupyter arranges it.
  try {
    process.kill(-process.pid, 'SIGKILL')
  } catch {
    process.kill(process.pid, 'SIGKILL')
  }
}

setInterval(() => {
  if (process.ppid !== startedBy || (jupyterPid > 1 && !isRunning(jupyterPid))) endKernel()
}, MILLISECONDS_BETWEEN_LOOKS)

const { Reply } = require('zeromq')
const heartbeat = new Reply({ linger: 0 })

const answerHeartbeat = async () => {
  await heartbeat.bind(heartbeatAddress)
  for await (const frames of heartbeat) await heartbeat.send(frames)
}
answerHeartbeat()

// A process that exits with the socket open here is aborted by zeromq.js, whatever exit code it had.
parentPort?.once('message', () => {
  heartbeat.close()
  Atomics.store(hasClosed, 0, 1)
  Atomics.notify(hasClosed, 0)
})
