import { openSockets, type SocketsOpening } from '../../../libc/sockets.ts'
import { openNativeReceiver } from './native-receiver.ts'
import { openNodeReceiver } from './node-receiver.ts'
import type { Receiver, ReceiverOptions } from './receiver.ts'

/**
 * Opens all that packets are received on, and receives. Resolves when each socket has been tried once; those that could not be
 * opened are tried again, and `describe` says why.
 */
export async function openReceiver(options: ReceiverOptions): Promise<Receiver> {
  const opening: SocketsOpening = (options.openSockets ?? openSockets)()
  return opening.kind === 'open'
    ? openNativeReceiver(options, opening.sockets)
    : openNodeReceiver(options, opening.reason)
}
