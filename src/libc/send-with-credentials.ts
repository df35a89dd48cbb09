import { closeSync } from 'node:fs'
import { isLittleEndian } from './byte-order.ts'
import { LibcError } from './libc.ts'
import { loadKoffi, type Koffi } from './load-koffi.ts'
import { allocateMemory, type NativeMemory } from './native-memory.ts'
import { openSockets } from './sockets.ts'

/** User and group that a packet names as its sender's. */
export interface ClaimedSender {
  readonly uid: number
  readonly gid: number
}

/** A datagram socket that is connected to a Unix socket. */
export interface UnixSender {
  /**
   * Sends one packet, with the credentials that are claimed, or this process's own.
   * @returns Whether it was taken; `false` when the other side's queue is full.
   * @throws {LibcError} `EPERM` when this process may not claim them, `EMSGSIZE` when the packet is too long, `ECONNREFUSED`
   * when nobody listens any more.
   */
  readonly send: (packet: Uint8Array, claimed?: ClaimedSender) => boolean
  readonly close: () => void
}

/** The sender, or in one sentence why there is none. */
export type UnixSenderOpening =
  | { readonly kind: 'open'; readonly sender: UnixSender }
  | { readonly kind: 'absent'; readonly reason: string }

/** Where the parts of a message lie in its memory: `struct msghdr`, `struct iovec`, a control message, the packet. */
const vectorAt = 64
const controlAt = 96
const packetAt = 128
/** `CMSG_LEN` and `CMSG_SPACE` of `struct ucred` on 64-bit Linux. */
const controlLength = 28
const controlSpace = 32
const socketLevel = 1
const credentialsType = 2
/** The kernel's default for what a socket may have on its way. */
const maxPacketBytes = 212_992
const dontWait = 0x40
const noSignal = 0x4000
const codes = { again: 11, messageTooLong: 90 } as const

/**
 * Connects to the datagram socket at `path`.
 * @throws {LibcError} `ENOENT`, `ECONNREFUSED` or `EACCES`, `EPROTOTYPE` for a socket of another type.
 * @see sendmsg(2), cmsg(3), unix(7) "SCM_CREDENTIALS"
 */
export function openUnixSender(path: string): UnixSenderOpening {
  const opening = openSockets()
  if (opening.kind === 'absent') return opening
  const { create, connect } = opening.sockets
  const descriptor = create('unix', 'datagram')
  try {
    connect(descriptor, { family: 'unix', path })
  } catch (error) {
    closeSync(descriptor)
    throw error
  }
  return { kind: 'open', sender: bindSender(loadKoffi(), descriptor) }
}

function bindSender(koffi: Koffi, descriptor: number): UnixSender {
  const sendmsg = koffi.load(null).func('long sendmsg(int, uintptr_t, int)')
  const memory = allocateMemory(koffi, packetAt + maxPacketBytes)
  writeStructures(memory)
  const view = new DataView(memory.bytes.buffer)
  return {
    send: (packet, claimed) => {
      if (packet.length > maxPacketBytes) throw new LibcError('send', codes.messageTooLong)
      memory.bytes.set(packet, packetAt)
      view.setBigUint64(vectorAt + 8, BigInt(packet.length), isLittleEndian)
      view.setBigUint64(40, claimed === undefined ? 0n : BigInt(controlSpace), isLittleEndian)
      view.setUint32(controlAt + 20, claimed?.uid ?? 0, isLittleEndian)
      view.setUint32(controlAt + 24, claimed?.gid ?? 0, isLittleEndian)
      if (sendmsg(descriptor, memory.address, dontWait | noSignal) >= 0) return true
      const errno = koffi.errno()
      if (errno === codes.again) return false
      throw new LibcError('send', errno)
    },
    close: () => closeSync(descriptor),
  }
}

/** What is the same for all messages. */
function writeStructures({ bytes, address }: NativeMemory): void {
  const view = new DataView(bytes.buffer)
  const writeLong = (at: number, value: number): void =>
    view.setBigUint64(at, BigInt(value), isLittleEndian)
  writeLong(16, address + vectorAt)
  writeLong(24, 1)
  writeLong(32, address + controlAt)
  writeLong(vectorAt, address + packetAt)
  writeLong(controlAt, controlLength)
  view.setInt32(controlAt + 8, socketLevel, isLittleEndian)
  view.setInt32(controlAt + 12, credentialsType, isLittleEndian)
  view.setInt32(controlAt + 16, process.pid, isLittleEndian)
}
