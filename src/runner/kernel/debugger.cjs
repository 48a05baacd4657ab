class Debugger {
  async handle(request) {
    return {
      type: 'response',
      request_seq: request.seq,
      success: true,
      command: request.command,
      body: {
        isStarted: false,
        hashMethod: 'Murmur2',
        hashSeed: 3339675911,
        tmpFilePrefix: '',
        tmpFileSuffix: '.ts',
        breakpoints: [],
        stoppedThreads: [],
        richRendering: false,
        exceptionPaths: [],
        copyToGlobals: false,
      },
    }
  }
  letGo() {}
}
module.exports = { Debugger }
