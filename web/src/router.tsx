import {
  createRootRoute,
  createRoute,
  createRouter,
  type AnyRouter,
  type ErrorComponentProps,
} from '@tanstack/react-router'
import { useLayoutEffect, type ReactElement } from 'react'

import { addressOf, readSearch, writeSearch } from './data/search.ts'
import { InnerLink } from './elements/inner-link.tsx'
import { say } from './messages/message.ts'
import type { Page } from './pages/define-page.ts'
import { Shell } from './shell/shell.tsx'
import { titleWindow } from './shell/title-window.ts'

/** A router with one route for each page. */
export function createPageRouter(pages: readonly Page[]): AnyRouter {
  const root = createRootRoute({
    component: () => <Shell pages={pages} />,
    notFoundComponent: NotFound,
    errorComponent: Failed,
  })
  const routes = pages.map((page) =>
    createRoute({
      getParentRoute: () => root,
      path: page.path,
      component: () => <TitledPage page={page} />,
      errorComponent: Failed,
    }),
  )
  return createRouter({
    routeTree: root.addChildren(routes),
    parseSearch: readSearch,
    stringifySearch: writeSearch,
  })
}

function TitledPage({ page }: { readonly page: Page }): ReactElement {
  // Before the effects of the page itself, which may know a better name for what it shows.
  useLayoutEffect(() => titleWindow(say(page.title)), [page])
  return <page.element />
}

function NotFound(): ReactElement {
  return (
    <div className="p-8">
      <p>{say('app.notFound')}</p>
      <InnerLink href={addressOf('/')} className="underline">
        {say('app.toContainers')}
      </InnerLink>
    </div>
  )
}

function Failed({ error }: ErrorComponentProps): ReactElement {
  return (
    <p className="p-8" role="alert">
      {say('app.failed', { message: error instanceof Error ? error.message : String(error) })}
    </p>
  )
}
