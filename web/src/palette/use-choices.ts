import { useRouter } from '@tanstack/react-router'
import { useMemo } from 'react'

import type { DashboardsAnswer } from '../../../src/api/contract/dashboards.ts'
import type { MetricsAnswer } from '../../../src/api/contract/metrics.ts'
import type { SavedViewList } from '../../../src/api/contract/views.ts'
import { useHasHosts, useHost, useHosts } from '../data/hosts.ts'
import { useLink, useLive, useRows } from '../data/live.ts'
import { useMe } from '../data/me.ts'
import { postJson, useRequest } from '../data/request.ts'
import { useGoTo, useSetSearch } from '../data/search.ts'
import type { Page } from '../pages/define-page.ts'
import { hasRange } from '../ranges/has-range.ts'
import { useTimeRange } from '../ranges/use-time-range.ts'
import { useTogglePause } from '../shell/link-status.tsx'
import { signInPath } from '../shell/sign-in-gate.ts'
import { viewsPath } from '../views/views-path.ts'
import { actionChoices } from './action-choices.ts'
import type { Choice } from './choice.ts'
import { containerChoices } from './container-choices.ts'
import {
  dashboardChoices,
  hostChoices,
  metricChoices,
  pageChoices,
  viewChoices,
  type GoTo,
} from './place-choices.ts'
import { typedChoices } from './typed-choices.ts'
import { useSettled } from './use-settled.ts'

/** What only the shell around the pages can do. */
export interface ShellDeeds {
  readonly share: () => void
  readonly help: () => void
}

/** What is asked of the server in addition to what the page knows. */
const mostMetrics = 20
const shortestMetric = 2

/** All that the palette offers for what is typed, unranked; and whether the server is still being asked. */
export function useChoices(
  pages: readonly Page[],
  typed: string,
  shell: ShellDeeds,
): { readonly choices: readonly Choice[]; readonly isLoading: boolean } {
  const goTo = useGoTo()
  const containers = useContainerChoices(goTo)
  const places = usePlaceChoices(pages, goTo)
  const actions = useActionChoices(goTo, shell)
  const metrics = useMetricChoices(typed, goTo)
  const { store } = useLive()
  const { history } = useRouter()
  const { zoom } = useTimeRange()
  const isRanged = hasRange(history.location.pathname)
  const own = typedChoices(typed, {
    nowMs: store.nowMs(),
    zoom: isRanged ? ({ fromS, toS }) => zoom(fromS, toS) : undefined,
    goTo,
  })
  return {
    choices: [...own, ...places, ...actions, ...containers, ...metrics.choices],
    isLoading: metrics.isLoading,
  }
}

function useContainerChoices(goTo: GoTo): readonly Choice[] {
  const { store } = useLive()
  const rows = useRows()
  const hasHosts = useHasHosts()
  return useMemo(
    () => containerChoices({ rows: rows.values(), nowMs: store.nowMs(), hasHosts, goTo }),
    [rows, store, hasHosts, goTo],
  )
}

function usePlaceChoices(pages: readonly Page[], goTo: GoTo): readonly Choice[] {
  const dashboards = useRequest<DashboardsAnswer>('/api/dashboards').data?.dashboards
  const views = useRequest<SavedViewList>(viewsPath).data?.views
  const hosts = useHosts()
  const host = useHost()
  const setSearch = useSetSearch()
  return useMemo(
    () => [
      ...pageChoices(pages, goTo),
      ...viewChoices(views ?? [], goTo),
      ...dashboardChoices(dashboards ?? [], goTo),
      ...hostChoices(hosts, host, setSearch),
    ],
    [pages, goTo, views, dashboards, hosts, host, setSearch],
  )
}

function useActionChoices(goTo: GoTo, { share, help }: ShellDeeds): readonly Choice[] {
  const { store } = useLive()
  const link = useLink().kind
  const me = useMe()
  const togglePause = useTogglePause()
  const { choose } = useTimeRange()
  const { history } = useRouter()
  return actionChoices(
    { link, nowMs: store.nowMs(), hasRange: hasRange(history.location.pathname), me },
    {
      goTo,
      togglePause,
      chooseRange: choose,
      share,
      help,
      speak: (language) => {
        const address = new URL(location.href)
        address.searchParams.set('lang', language)
        location.assign(address)
      },
      signOut: () => {
        void postJson('/api/access/sign-out', undefined).then(() => location.assign(signInPath))
      },
    },
  )
}

function useMetricChoices(
  typed: string,
  goTo: GoTo,
): { readonly choices: readonly Choice[]; readonly isLoading: boolean } {
  const text = useSettled(typed.trim())
  const isEnabled = text.length >= shortestMetric
  const { data, isFetching } = useRequest<MetricsAnswer>(
    `/api/metrics?q=${encodeURIComponent(text)}&limit=${mostMetrics}`,
    { isEnabled, keepsPrevious: true },
  )
  const choices = useMemo(
    () => metricChoices(isEnabled ? (data?.metrics ?? []) : [], goTo),
    [isEnabled, data, goTo],
  )
  return { choices, isLoading: isEnabled && isFetching }
}
