import type {
  Aggregation,
  AggregationParts,
} from '../../src/sources/dogstatsd/aggregate/aggregation.ts'
import { runWorker } from '../../src/sources/dogstatsd/receive/run-worker.ts'
import type { Complaint, FromWorker } from '../../src/sources/dogstatsd/worker-messages.ts'

/**
 * A worker that tells each packet as a complaint: its text, and where it came from as the reason. It writes over the bytes
 * behind each packet, as a reader may, and fails at a packet `fail`.
 */
await runWorker({
  createAggregation: createRecording,
  openCapture: () => {
    throw new Error('there is no file to capture to')
  },
})

function createRecording({ senders, settings }: AggregationParts): Aggregation {
  let told: Complaint[] = []
  return {
    read: (memory, { from, to, sender, transport }) => {
      const sentence = Buffer.from(memory.subarray(from, to)).toString('latin1')
      if (sentence === 'fail') throw new Error('a packet was too much')
      told.push({ sentence, reason: `${transport} ${senders.containerOf(sender) ?? 'nowhere'}` })
      memory.fill(0xff, to, to + 8)
    },
    switchBucket: () => undefined,
    drain: () => false,
    takeMessages: (): readonly FromWorker[] => {
      if (told.length === 0) return []
      const complaints = told
      told = []
      return [{ kind: 'complaints', complaints }]
    },
    tell: () => undefined,
    isEmpty: true,
    closeAll: (shouldIncludeOpen) => {
      const reason = settings.isEnabled ? 'closed' : 'off'
      told.push({ sentence: shouldIncludeOpen ? 'with the open interval' : 'without', reason })
    },
  }
}
