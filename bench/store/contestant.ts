import type { LoadSeries } from './load.ts'

/** One of the programs that take the same points and answer the same questions. */
export interface Contestant extends AsyncDisposable {
  readonly name: string
  readonly pid: number
  /** Resolves once all series have been taken in for these seconds. */
  readonly write: (load: readonly LoadSeries[], seconds: readonly number[]) => Promise<void>
  /** Resolves when nothing is left to do in the background. */
  readonly settle: () => Promise<void>
  readonly ask: (question: Question) => Promise<void>
  /** Ends the program and tells what its data takes on disk. */
  readonly measureDisk: () => Promise<number>
}

/** The average of `askedMetric` by one of its tags. */
export interface Question {
  readonly fromS: number
  readonly toS: number
  readonly stepS: number
  readonly by: 'container_name' | 'short_image'
}
