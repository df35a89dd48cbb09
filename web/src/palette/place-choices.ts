import type { DashboardSummary } from '../../../src/api/contract/dashboards.ts'
import type { MetricRow } from '../../../src/api/contract/metrics.ts'
import type { SavedView } from '../../../src/api/contract/views.ts'
import { readSearch, type Search, type SearchChange } from '../data/search.ts'
import { BookmarkIcon, DashboardsIcon, HostIcon, MetricsIcon } from '../elements/icon.tsx'
import { say } from '../messages/palette.ts'
import type { Page } from '../pages/define-page.ts'
import { makeChoice, type Choice } from './choice.ts'

/** Goes to an address of ours; what follows the reader comes along. */
export type GoTo = (path: string, search?: Search) => void

/** The pages that the navigation names. */
export function pageChoices(pages: readonly Page[], goTo: GoTo): readonly Choice[] {
  return pages
    .filter(({ shortcut }) => shortcut !== undefined)
    .map(({ path, title, icon, shortcut }) =>
      makeChoice({
        id: `page:${path}`,
        section: 'pages',
        text: say(title),
        detail: `g ${shortcut}`,
        icon,
        run: () => goTo(path),
      }),
    )
}

/** The dashboards by title. */
export function dashboardChoices(
  dashboards: readonly DashboardSummary[],
  goTo: GoTo,
): readonly Choice[] {
  return dashboards.map(({ id, title, description }) =>
    makeChoice({
      id: `dashboard:${id}`,
      section: 'dashboards',
      text: title,
      detail: description,
      alsoFoundBy: [id],
      icon: DashboardsIcon,
      run: () => goTo(`/dashboards/${encodeURIComponent(id)}`),
    }),
  )
}

/** The views that somebody has saved. */
export function viewChoices(views: readonly SavedView[], goTo: GoTo): readonly Choice[] {
  return views.map(({ name, path, search }) =>
    makeChoice({
      id: `view:${name}`,
      section: 'views',
      text: name,
      detail: path,
      icon: BookmarkIcon,
      run: () => goTo(path, readSearch(search)),
    }),
  )
}

/** Each host, to narrow all pages to; and all of them, where one is chosen. */
export function hostChoices(
  hosts: readonly string[],
  chosen: string,
  setSearch: (change: SearchChange) => void,
): readonly Choice[] {
  if (hosts.length < 2 && chosen === '') return []
  const names = chosen === '' ? hosts : ['', ...hosts.filter((host) => host !== chosen)]
  return names.map((host) =>
    makeChoice({
      id: `host:${host}`,
      section: 'hosts',
      text: host === '' ? say('palette.allHosts') : host,
      alsoFoundBy: [say('host.label')],
      icon: HostIcon,
      run: () => setSearch({ host: host || undefined }),
    }),
  )
}

/** Metrics that the server has found. */
export function metricChoices(metrics: readonly MetricRow[], goTo: GoTo): readonly Choice[] {
  return metrics.map(({ name, kind, unit, description }) =>
    makeChoice({
      id: `metric:${name}`,
      section: 'metrics',
      text: name,
      detail: description === '' ? unit : description,
      icon: MetricsIcon,
      run: () => goTo('/metrics', { q: firstQuery(name, kind) }),
    }),
  )
}

/** Counts are summed up, all else is averaged. */
function firstQuery(name: string, kind: MetricRow['kind']): string {
  return kind === 'count' ? `sum:${name}{*}.as_count()` : `avg:${name}{*}`
}
