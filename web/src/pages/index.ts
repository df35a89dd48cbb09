import { lazy } from 'react'

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
    element: lazy(async () => {
      const { ContainerPage } = await import('./container/page.tsx')
      return { default: ContainerPage }
    }),
  }),
  definePage({
    path: '/logs',
    title: 'page.logs',
    icon: LogsIcon,
    element: lazy(async () => {
      const { LogsPage } = await import('./logs/page.tsx')
      return { default: LogsPage }
    }),
    shortcut: 'l',
  }),
  definePage({
    path: '/events',
    title: 'page.events',
    icon: EventsIcon,
    element: lazy(async () => {
      const { EventsPage } = await import('./events/page.tsx')
      return { default: EventsPage }
    }),
    shortcut: 'e',
  }),
  definePage({
    path: '/metrics',
    title: 'page.metrics',
    icon: MetricsIcon,
    element: lazy(async () => {
      const { MetricsPage } = await import('./metrics/page.tsx')
      return { default: MetricsPage }
    }),
    shortcut: 'm',
  }),
  definePage({
    path: '/dashboards',
    title: 'page.dashboards',
    icon: DashboardsIcon,
    element: lazy(async () => {
      const { DashboardsPage } = await import('./dashboards/page.tsx')
      return { default: DashboardsPage }
    }),
    shortcut: 'd',
    below: '/dashboards/',
  }),
  definePage({
    path: '/dashboards/$id',
    title: 'page.dashboard',
    icon: DashboardsIcon,
    element: lazy(async () => {
      const { DashboardPage } = await import('./dashboard/page.tsx')
      return { default: DashboardPage }
    }),
  }),
  definePage({
    path: '/agents',
    title: 'page.agents',
    icon: AgentsIcon,
    element: lazy(async () => {
      const { AgentsPage } = await import('./agents/page.tsx')
      return { default: AgentsPage }
    }),
    shortcut: 'a',
  }),
  definePage({
    path: '/access',
    title: 'page.access',
    icon: KeyIcon,
    element: lazy(async () => {
      const { AccessPage } = await import('./access/page.tsx')
      return { default: AccessPage }
    }),
  }),
  definePage({
    path: signInPath,
    title: 'page.signIn',
    icon: KeyIcon,
    element: lazy(async () => {
      const { SignInPage } = await import('./sign-in/page.tsx')
      return { default: SignInPage }
    }),
  }),
]
