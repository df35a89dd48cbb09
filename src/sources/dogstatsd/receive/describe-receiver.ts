import { ampleQueueLength } from '../listen/queue-length.ts'
import type { ListenState } from '../listen/open-listeners.ts'

/** What there is to warn of. */
export interface ReceiverFacts {
  readonly sockets: readonly ListenState[]
  /** `net.unix.max_dgram_qlen` when the socket for datagrams was made; absent where there is none. */
  readonly udsQueueLength?: number
  /** Why packets are not copied to where they should be. */
  readonly forwardProblem?: string | undefined
}

/** Sentences for whoever looks after the machine, the worst first. */
export function listWarnings(facts: ReceiverFacts): readonly string[] {
  const problems = facts.sockets.flatMap(({ problem }) =>
    problem === undefined || problem.isExpected ? [] : [problem.sentence],
  )
  const forward = facts.forwardProblem === undefined ? [] : [facts.forwardProblem]
  return [...problems, ...forward, ...warnOfQueue(facts)]
}

function warnOfQueue({ sockets, udsQueueLength }: ReceiverFacts): readonly string[] {
  const isListening = sockets.some(({ transport, isOpen }) => transport === 'uds' && isOpen)
  if (!isListening || udsQueueLength === undefined || udsQueueLength >= ampleQueueLength) return []
  return [
    `Clients that do not wait may lose packets on the Unix socket, since the kernel lets ${udsQueueLength} wait; run "sysctl -w net.unix.max_dgram_qlen=512" in the network namespace of the agent, then start it again: a socket keeps what it was made with`,
  ]
}
