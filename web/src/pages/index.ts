import { lazy } from 'react'

import { AgentsIcon, ContainerIcon, ContainersIcon, LogsIcon } from '../elements/icon.tsx'
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
    path: '/agents',
    title: 'page.agents',
    icon: AgentsIcon,
    element: lazy(async () => {
      const { AgentsPage } = await import('./agents/page.tsx')
      return { default: AgentsPage }
    }),
    shortcut: 'a',
  }),
]
