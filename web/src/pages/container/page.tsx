import { useParams } from '@tanstack/react-router'
import { useEffect, useMemo, type ReactElement } from 'react'

import type { ContainerDetail, ContainerRow } from '../../../../src/api/contract/containers.ts'
import { readEveryS } from '../../data/live-row.ts'
import { useIsFilled, useLink, useLive, useRows } from '../../data/live.ts'
import { useRequest } from '../../data/request.ts'
import { addressOf, useSearch } from '../../data/search.ts'
import { InnerLink } from '../../elements/inner-link.tsx'
import { HappeningView } from '../../happenings/happening-view.tsx'
import { say } from '../../messages/container.ts'
import { ProcessView } from '../../processes/process-view.tsx'
import { RangeControl } from '../../ranges/range-control.tsx'
import { useTimeRange } from '../../ranges/use-time-range.ts'
import { useShortcuts } from '../../shell/shortcuts.ts'
import { titleWindow } from '../../shell/title-window.ts'
import { Charts } from './charts.tsx'
import { ContainerNotices } from './container-notices.tsx'
import { ContainerRuns } from './container-runs.tsx'
import { Details } from './details.tsx'
import { Facts } from './facts.tsx'
import { Head, readTab, type Tab } from './head.tsx'
import { InspectTab } from './inspect-tab.tsx'
import { LogsTab } from './logs-tab.tsx'
import { useGoBack } from './use-go-back.ts'

/** One container: what it is, and its figures in the order of a diagnosis. */
export function ContainerPage(): ReactElement {
  // The route of this page carries the id (`pages/index.ts`).
  const { id }: { readonly id: string } = useParams({ strict: false })
  const { container, detail, isGone, error } = useContainer(id)
  if (container !== undefined) {
    return <Known container={container} detail={detail} isGone={isGone} problem={error?.message} />
  }
  if (error === null) return <p className="p-5 text-soft">{say('app.loading')}</p>
  return (
    <>
      <div className="grid justify-items-start gap-3 p-5 sm:p-8">
        <h1 className="text-base font-semibold">{say('container.unknownTitle')}</h1>
        <p>
          {error.status === 404
            ? say('container.unknownText', { id: id.slice(0, 12) })
            : say('container.failed', { message: error.message })}
        </p>
        <InnerLink href={addressOf('/')} className="underline">
          {say('app.toContainers')}
        </InnerLink>
      </div>
      {error.status === 404 && <ContainerRuns id={id} isKnown={false} />}
    </>
  )
}

function Known(props: {
  readonly container: ContainerRow
  readonly detail: ContainerDetail | undefined
  readonly isGone: boolean
  readonly problem: string | undefined
}): ReactElement {
  const { container, detail, isGone, problem } = props
  const { tab } = useSearch() as Partial<Record<string, string>>
  const chosen = readTab(tab)
  const goBack = useGoBack()
  useEffect(() => titleWindow(container.name), [container.name])
  if (chosen === 'overview') {
    return (
      <div className="pb-8">
        <Overview {...{ container, detail, isGone, problem }} onBack={goBack} />
      </div>
    )
  }
  return (
    <div className="flex h-full flex-col">
      <Head container={container} tab={chosen} onBack={goBack} />
      <Part tab={chosen} container={container} detail={detail} onBack={goBack} />
    </div>
  )
}

/** One of the parts beside the overview. */
function Part(props: {
  readonly tab: Exclude<Tab, 'overview'>
  readonly container: ContainerRow
  readonly detail: ContainerDetail | undefined
  readonly onBack: () => void
}): ReactElement {
  const { tab, container, detail, onBack } = props
  // In lists this key has more to leave than the page.
  useShortcuts(tab === 'logs' || tab === 'events' ? {} : { Escape: onBack })
  if (tab === 'logs') return <LogsTab container={container} onBack={onBack} />
  if (tab === 'events') {
    return <HappeningView scope={`container_id:${container.id}`} isOfOne onBack={onBack} />
  }
  if (tab === 'processes') return <ProcessView container={container} />
  if (detail === undefined) return <p className="p-5 text-soft">{say('app.loading')}</p>
  return <InspectTab detail={detail} />
}

/** What it is, and its figures. */
function Overview(props: {
  readonly container: ContainerRow
  readonly detail: ContainerDetail | undefined
  readonly isGone: boolean
  readonly problem: string | undefined
  readonly onBack: () => void
}): ReactElement {
  const { container, detail, isGone, problem, onBack } = props
  const { range, zoom, zoomOut, choose } = useTimeRange()
  useShortcuts({ Escape: range.kind === 'zoomed' ? zoomOut : onBack })
  const { cpuLimitCores, memoryLimitBytes } = container
  const limits = useMemo(
    () => ({
      cpu: cpuLimitCores === null ? undefined : cpuLimitCores * 100,
      memory: memoryLimitBytes ?? undefined,
    }),
    [cpuLimitCores, memoryLimitBytes],
  )
  return (
    <>
      <Head container={container} tab="overview" onBack={onBack}>
        <RangeControl
          range={range}
          liveText={say('range.live')}
          hint={say('range.hint')}
          onChoose={choose}
          onZoomOut={zoomOut}
        />
      </Head>
      <ContainerNotices container={container} isGone={isGone} problem={problem} />
      <Facts container={container} detail={detail} />
      <Charts
        id={container.id}
        range={range}
        limits={limits}
        readEveryS={readEveryS(container)}
        bornMs={container.createdAt}
        onZoom={zoom}
      />
      <ContainerRuns id={container.id} isKnown />
      {detail && <Details detail={detail} />}
    </>
  )
}

/** The container as the stream and its own route tell it; the route is asked anew when the stream says it changed. */
function useContainer(id: string): {
  readonly container: ContainerRow | undefined
  readonly detail: ContainerDetail | undefined
  /** No agent has it any more. */
  readonly isGone: boolean
  readonly error: ReturnType<typeof useRequest>['error']
} {
  const { store } = useLive()
  useRows()
  const isFilled = useIsFilled()
  const isLive = useLink().kind === 'live'
  const live = store.rowOf(id)?.container
  const {
    data: detail,
    error,
    refetch,
  } = useRequest<ContainerDetail>(`/api/containers/${encodeURIComponent(id)}`)
  useEffect(() => {
    if (live !== undefined && isLive) void refetch()
  }, [live, isLive, refetch])
  return { container: live ?? detail, detail, isGone: isFilled && live === undefined, error }
}
