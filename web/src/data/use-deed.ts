import { useCallback, useState } from 'react'

import { RequestError } from './request.ts'

/** Something that a reader asks the server to do, and how that stands. */
export interface Deed {
  readonly isRunning: boolean
  /** Why the last one was not done. */
  readonly error: RequestError | undefined
  /** When that was, Unix milliseconds. */
  readonly failedAtMs: number
  readonly run: (work: () => Promise<void>) => void
}

const idle = { isRunning: false, error: undefined, failedAtMs: 0 }

/** Runs what a reader asks for, one thing at a time, and keeps why it could not be done. */
export function useDeed(): Deed {
  const [state, setState] = useState<Omit<Deed, 'run'>>(idle)
  const run = useCallback((work: () => Promise<void>) => {
    setState({ ...idle, isRunning: true })
    work().then(
      () => setState(idle),
      (fault: unknown) => {
        const error = fault instanceof RequestError ? fault : new RequestError(0, String(fault))
        setState({ isRunning: false, error, failedAtMs: Date.now() })
      },
    )
  }, [])
  return { ...state, run }
}
