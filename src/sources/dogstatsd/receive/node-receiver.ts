import type { ListenState } from '../listen/open-listeners.ts'
import { listWarnings } from './describe-receiver.ts'
import { receiverDefaults, type Receiver, type ReceiverOptions } from './receiver.ts'
import { WorkerKeeper } from './worker-keeper.ts'
import { workerUrl } from './worker-url.ts'

/** Receives without the C library: the worker listens by itself, and runs from the start to the end. */
export function openNodeReceiver(options: ReceiverOptions, reason: string): Receiver {
  const { settings, procRoot, counters, onMessage } = options
  let sockets: readonly ListenState[] = []
  const keeper = new WorkerKeeper({
    url: options.workerUrl ?? workerUrl,
    describeStart: () => ({ settings, procRoot, counters: counters.buffer }),
    maxConnections: 0,
    retryBaseMs: options.retryBaseMs ?? receiverDefaults.retryBaseMs,
    stopWithinMs: options.stopWithinMs ?? receiverDefaults.stopWithinMs,
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- that is of windows
    wake: (worker) => worker.postMessage({ kind: 'wake' }),
    takeEarly: () => [],
    onMessage,
    onListening: (states) => {
      sockets = states
    },
    onRest: () => keeper.start(),
    closeDescriptor: () => undefined,
  })
  keeper.start()
  return {
    tell: (message) => keeper.tell(message),
    describe: () => ({
      way: 'node',
      reason,
      isAwake: keeper.isRunning,
      sockets,
      warnings: listWarnings({ sockets }),
    }),
    stop: async () => keeper.stop(),
  }
}
