import type { ReactElement } from 'react'

import type { RequestError } from '../data/request.ts'
import { say } from '../messages/search.ts'

/** Why a list could not be read, and a way to try again. A query that is wrong is explained at its box. */
export function ListProblem(props: {
  readonly error: RequestError | undefined
  /** The whole sentence, given what the error says. */
  readonly textOf: (message: string) => string
  readonly onRetry: () => void
}): ReactElement | null {
  const { error, textOf, onRetry } = props
  if (error === undefined || error.status === 400) return null
  return (
    <p role="alert" className="flex flex-wrap gap-3 px-3.5 py-2 sm:px-5">
      {textOf(error.message)}
      <button type="button" className="underline" onClick={onRetry}>
        {say('chart.retry')}
      </button>
    </p>
  )
}
