import type {
  DogstatsdSettings,
  DogstatsdTransport,
} from '../../../component/dogstatsd-settings.ts'
import { keepOpening, type KeptOpening } from './keep-opening.ts'
import {
  noDatagramsCode,
  type Listener,
  type ListenError,
  type Opener,
  type UnixTransport,
} from './listener.ts'

/** How it stands with one way in. */
export interface ListenState {
  readonly transport: DogstatsdTransport
  /** As people write it: `127.0.0.1:8125`, or a path. */
  readonly address: string
  readonly isOpen: boolean
  /** Why it is not open, and what to do, in one sentence; it is tried again. */
  readonly problem?: ListenProblem
}

export interface ListenProblem {
  readonly sentence: string
  /**
   * Nobody has asked for this socket, and whoever starts the agent without the rights to make it need not be warned: it is
   * the default path, in a folder that only root may write to.
   */
  readonly isExpected: boolean
}

export interface ListenersOptions<Opened extends Listener> {
  readonly opener: Opener<Opened>
  readonly listen: DogstatsdSettings['listen']
  /** Called for each socket when it is open. */
  readonly onOpen: (listener: Opened) => void
  /** First pause before another try, in milliseconds. */
  readonly retryBaseMs?: number
}

export interface Listeners {
  readonly states: () => readonly ListenState[]
  readonly close: () => void
}

/** Path of the socket where the configuration names none: Datadog's, which its clients look for. */
const usualSocketPath = '/var/run/datadog/dsd.socket'
const noRights = new Set(['EACCES', 'EPERM', 'EROFS', noDatagramsCode])

interface Way<Opened> {
  readonly transport: DogstatsdTransport
  readonly address: string
  readonly open: () => Promise<Opened>
}

/**
 * Opens all sockets that the configuration asks for, each without the others: what cannot be opened is tried again, at longer
 * and longer intervals. Resolves when each has been tried once.
 */
export async function openListeners<Opened extends Listener>(
  options: ListenersOptions<Opened>,
): Promise<Listeners> {
  const states = new Map<DogstatsdTransport, ListenState>()
  const open: Opened[] = []
  const openings = listWays(options).map(({ transport, address, open: openWay }): KeptOpening => {
    states.set(transport, { transport, address, isOpen: false })
    return keepOpening({
      open: openWay,
      onOpen: (listener) => {
        open.push(listener)
        states.set(transport, { transport, address: listener.address, isOpen: true })
        options.onOpen(listener)
      },
      onFault: (error) => {
        const problem = { sentence: error.message, isExpected: isExpected(error, address) }
        states.set(transport, { transport, address, isOpen: false, problem })
      },
      discard: (listener) => listener.close(),
      baseMs: options.retryBaseMs ?? 1000,
    })
  })
  await Promise.all(openings.map(({ tried }) => tried))
  return {
    states: () => [...states.values()],
    close: () => {
      for (const opening of openings) opening.close()
      for (const listener of open) listener.close()
    },
  }
}

function listWays<Opened extends Listener>({
  opener,
  listen,
}: ListenersOptions<Opened>): readonly Way<Opened>[] {
  const { udpHost: host, udpPort: port, socketPath, streamSocketPath, receiveBufferBytes } = listen
  const ways: Way<Opened>[] = []
  if (port !== 0) {
    const open = async (): Promise<Opened> => opener.openUdp({ host, port, receiveBufferBytes })
    ways.push({ transport: 'udp', address: `${host}:${port}`, open })
  }
  const addUnix = (transport: UnixTransport, path: string): void => {
    const open = async (): Promise<Opened> => opener.openUnix(transport, path)
    if (path !== '') ways.push({ transport, address: path, open })
  }
  addUnix('uds', socketPath)
  addUnix('uds-stream', streamSocketPath)
  return ways
}

function isExpected({ code }: ListenError, address: string): boolean {
  return address === usualSocketPath && noRights.has(code)
}
