import { useParams } from '@tanstack/react-router'
import { useEffect, type ReactElement } from 'react'

import type { DashboardAnswer } from '../../../../src/api/contract/dashboards.ts'
import { useRequest } from '../../data/request.ts'
import { addressOf } from '../../data/search.ts'
import { InnerLink } from '../../elements/inner-link.tsx'
import { say } from '../../messages/dashboards.ts'
import { titleWindow } from '../../shell/title-window.ts'
import { Board } from './board.tsx'

/** One dashboard. */
export function DashboardPage(): ReactElement {
  // The route of this page carries the id (`pages/index.ts`).
  const { id }: { readonly id: string } = useParams({ strict: false })
  const { data, error, refetch } = useRequest<DashboardAnswer>(
    `/api/dashboards/${encodeURIComponent(id)}`,
  )
  const title = data?.title
  useEffect(() => {
    if (title !== undefined) titleWindow(title)
  }, [title])
  if (data !== undefined) return <Board key={id} dashboard={data} />
  if (error === null) return <p className="p-5 text-soft">{say('app.loading')}</p>
  const isUnknown = error.status === 404
  return (
    <div className="grid justify-items-start gap-3 p-5 sm:p-8">
      <h1 className="text-base font-semibold">{say('page.dashboard')}</h1>
      <p role="alert">
        {isUnknown
          ? say('dashboard.unknownText', { id })
          : say('dashboard.failed', { message: error.message })}
      </p>
      {!isUnknown && (
        <button type="button" className="underline" onClick={() => void refetch()}>
          {say('chart.retry')}
        </button>
      )}
      <InnerLink href={addressOf('/dashboards')} className="underline">
        {say('dashboard.toList')}
      </InnerLink>
    </div>
  )
}
