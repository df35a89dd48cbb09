import type { ListenState } from '../listen/open-listeners.ts'
import type { FromWorker, OpenSockets, ToWorker } from '../worker-messages.ts'

/** What the worker tells whoever started it, besides what is for others. */
export type WorkerReport =
  | FromWorker
  /** Where it listens by itself, for want of sockets that could be handed to it. */
  | { readonly kind: 'listening'; readonly states: readonly ListenState[] }

/** What the worker is told. It begins to receive once it has been told `packets`, be it none. */
export type WorkerOrder =
  | ToWorker
  /** More sockets are open than it knows of. */
  | { readonly kind: 'sockets'; readonly sockets: OpenSockets }
  /** The flags have changed; for a worker that no descriptor can wake. */
  | { readonly kind: 'wake' }

/** The memory that goes over to whoever is told, instead of being copied. */
export function listTransfers(report: WorkerReport): readonly ArrayBuffer[] {
  if (report.kind === 'closed') {
    return buffersOf([report.contextIds, report.values, ...Object.values(report.sketches)])
  }
  if (report.kind === 'timed') return buffersOf([report.contextIds, report.timesS, report.values])
  if (report.kind === 'forgotten') return buffersOf([report.contextIds, report.originIds])
  return []
}

/** Columns may share their memory, which can be handed over only once. */
function buffersOf(columns: readonly ArrayBufferView[]): readonly ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>()
  for (const { buffer } of columns) if (buffer instanceof ArrayBuffer) buffers.add(buffer)
  return [...buffers]
}
