import { parentPort, receiveMessageOnPort, workerData, type MessagePort } from 'node:worker_threads'
import { openSockets } from '../../../libc/sockets.ts'
import type { CreateAggregation } from '../aggregate/aggregation.ts'
import type { OpenSockets, WorkerStart } from '../worker-messages.ts'
import { NodeLoop } from './node-loop.ts'
import type { OpenCapture } from './packet-tap.ts'
import { ReceiverLoop } from './receiver-loop.ts'
import { Reception } from './reception.ts'
import { SharedFlags } from './shared-flags.ts'
import { TooLongNotice } from './too-long-notice.ts'
import { listTransfers, type WorkerOrder, type WorkerReport } from './worker-protocol.ts'

/** What the worker is put together from. */
export interface WorkerFactories {
  readonly createAggregation: CreateAggregation
  readonly openCapture: OpenCapture
}

/**
 * The whole life of a worker: resolves when it may end. To be called in a worker that `openReceiver` has started; a fault ends
 * the worker and is seen there.
 */
export async function runWorker(factories: WorkerFactories): Promise<void> {
  if (parentPort === null) throw new Error('This is no worker')
  const port = parentPort
  // Whoever starts the worker gives it this, and nothing else.
  const start: WorkerStart = workerData
  const post = (report: WorkerReport): void => port.postMessage(report, listTransfers(report))
  const reception = new Reception({ ...factories, start, post, clock: Date.now })
  const parts = { start, post, port, reception, flags: new SharedFlags(start.flags) }
  if (start.sockets === undefined) await receiveByNode(parts)
  else await receiveByCalls(parts, start.sockets)
  port.close()
}

interface Parts {
  readonly start: WorkerStart
  readonly post: (report: WorkerReport) => void
  readonly port: MessagePort
  readonly reception: Reception
  readonly flags: SharedFlags
}

async function receiveByCalls(
  { start, post, port, reception, flags }: Parts,
  open: OpenSockets,
): Promise<void> {
  const opening = openSockets()
  if (opening.kind === 'absent') throw new Error(opening.reason)
  const { sockets } = opening
  // Nobody but `openReceiver` writes to this port.
  const takeOrder = (): WorkerOrder | undefined => receiveMessageOnPort(port)?.message
  const onTooLong = noticeTooLong(start, post)
  const parts = { sockets, open, start, flags, reception, takeOrder, onTooLong }
  const loop = new ReceiverLoop(parts)
  post({ kind: 'ready' })
  await loop.run()
}

async function receiveByNode({ start, post, port, reception, flags }: Parts): Promise<void> {
  const { settings } = start
  const onTooLong = noticeTooLong(start, post)
  const receiver = new NodeLoop({ settings, flags, reception, post, onTooLong })
  port.on('message', (order: WorkerOrder) => receiver.take(order))
  post({ kind: 'ready' })
  await receiver.run()
}

function noticeTooLong(
  { settings }: WorkerStart,
  post: (report: WorkerReport) => void,
): (lengthBytes: number) => void {
  const { shouldLogTooBig, packetBytes } = settings.listen
  const notice = new TooLongNotice({ isWanted: shouldLogTooBig, maxBytes: packetBytes, post })
  return (lengthBytes) => notice.tell(lengthBytes)
}
