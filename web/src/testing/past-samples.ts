import type { ContainerRow } from '../../../src/api/contract/containers.ts'
import type { PastAnswer } from '../../../src/api/contract/past.ts'
import type { AskPast, PastQuestion } from '../past/ask-past.ts'
import { sampleContainer } from './samples.ts'

/** One question to the past that was put, and ways to answer it. */
export interface AskedPast extends PastQuestion {
  readonly signal: AbortSignal
  readonly answer: (different?: Partial<PastAnswer>) => void
  readonly refuse: (error: Error) => void
}

/** A way to ask the past that answers when the test says so. */
export function askByHand(): { readonly ask: AskPast; readonly asked: AskedPast[] } {
  const asked: AskedPast[] = []
  const ask: AskPast = (question, signal) =>
    new Promise((resolve, reject) => {
      const answer = (different?: Partial<PastAnswer>): void =>
        resolve({ ...samplePast(question), ...different })
      signal.addEventListener('abort', () => reject(new Error('aborted')))
      asked.push({ ...question, signal, answer, refuse: reject })
    })
  return { ask, asked }
}

/** What is answered: one container whose CPU is the second of the reading. */
export function samplePast({ atS, seconds, stepS }: PastQuestion): PastAnswer {
  const frames = Math.floor(seconds / stepS)
  const times = Array.from({ length: frames }, (_, index) => atS + (index + 1) * stepS)
  return {
    fromS: atS,
    toS: atS + frames * stepS,
    stepS,
    resolutionS: 1,
    keptFromS: 0,
    snapshot: { time: atS * 1000, serverId: 'first', containers: [containerAt(atS)], agents: [] },
    events: times.map((second) => ({
      kind: 'tick',
      data: { time: second * 1000, rows: [[1, second]] },
    })),
  }
}

function containerAt(second: number): ContainerRow {
  return sampleContainer({ key: 1, figures: { cpu: second }, figuresAt: second * 1000 })
}
