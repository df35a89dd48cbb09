import type { ReactElement, ReactNode } from 'react'

import type { RequestError } from '../../data/request.ts'
import { say } from '../../messages/access.ts'

/** What a list is of, what can be added to it, and the list itself, or why there is none. */
export function ListSection(props: {
  readonly title: string
  readonly about: string
  /** What can be done to the whole of it. */
  readonly actions?: ReactNode
  readonly isLoading: boolean
  readonly error: RequestError | null
  readonly onRetry: () => void
  readonly children: ReactNode
}): ReactElement {
  const { title, about, actions, isLoading, error, onRetry, children } = props
  return (
    <section aria-label={title} className="rounded-lg border border-line bg-panel p-4">
      <div className="mb-3 flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <p className="max-w-[80ch] text-soft">{about}</p>
        <div className="flex flex-wrap gap-2">{actions}</div>
      </div>
      {error !== null && (
        <p role="alert" className="flex flex-wrap gap-3">
          {say('access.failed', { message: error.message })}
          <button type="button" className="underline" onClick={onRetry}>
            {say('chart.retry')}
          </button>
        </p>
      )}
      {isLoading ? <p className="text-soft">{say('app.loading')}</p> : children}
    </section>
  )
}
