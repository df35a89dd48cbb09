import {
  AgentsIcon,
  ContainerIcon,
  ContainersIcon,
  DashboardsIcon,
  EventsIcon,
  KeyIcon,
  LogsIcon,
  MetricsIcon,
} from '../elements/icon.tsx'
import { lazyPart } from '../elements/lazy-part.ts'
import { signInPath } from '../shell/sign-in-gate.ts'
import { ContainersPage } from './containers/page.tsx'
import { definePage, type Page } from './define-page.ts'

/** All pages, in the order of the navigation. The first loads with the program, the others when they are opened. */
export const pages: readonly Page[] = [
  definePage({
    path: '/',
    title: 'page.containers',
    icon: ContainersIcon,
    element: ContainersPage,
    shortcut: 'c',
    below: '/containers/',
  }),
  definePage({
    path: '/containers/$id',
    title: 'page.container',
    icon: ContainerIcon,
    element: lazyPart(async () => (await import('./container/page.tsx')).ContainerPage),
  }),
  definePage({
    path: '/logs',
    title: 'page.logs',
    icon: LogsIcon,
    element: lazyPart(async () => (await import('./logs/page.tsx')).LogsPage),
    shortcut: 'l',
  }),
  definePage({
    path: '/events',
    title: 'page.events',
    icon: EventsIcon,
    element: lazyPart(async () => (await import('./events/page.tsx')).EventsPage),
    shortcut: 'e',
  }),
  definePage({
    path: '/metrics',
    title: 'page.metrics',
    icon: MetricsIcon,
    element: lazyPart(async () => (await import('./metrics/page.tsx')).MetricsPage),
    shortcut: 'm',
  }),
  definePage({
    path: '/dashboards',
    title: 'page.dashboards',
    icon: DashboardsIcon,
    element: lazyPart(async () => (await import('./dashboards/page.tsx')).DashboardsPage),
    shortcut: 'd',
    below: '/dashboards/',
  }),
  definePage({
    path: '/dashboards/$id',
    title: 'page.dashboard',
    icon: DashboardsIcon,
    element: lazyPart(async () => (await import('./dashboard/page.tsx')).DashboardPage),
  }),
  definePage({
    path: '/agents',
    title: 'page.agents',
    icon: AgentsIcon,
    element: lazyPart(async () => (await import('./agents/page.tsx')).AgentsPage),
    shortcut: 'a',
  }),
  definePage({
    path: '/access',
    title: 'page.access',
    icon: KeyIcon,
    element: lazyPart(async () => (await import('./access/page.tsx')).AccessPage),
  }),
  definePage({
    path: signInPath,
    title: 'page.signIn',
    icon: KeyIcon,
    element: lazyPart(async () => (await import('./sign-in/page.tsx')).SignInPage),
  }),
]
