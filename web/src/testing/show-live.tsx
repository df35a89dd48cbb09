import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import {
  createMemoryHistory,
  createRootRoute,
  createRouter,
  RouterContextProvider,
  type AnyRouter,
} from '@tanstack/react-router'
import { render, type RenderResult } from '@testing-library/react'
import type { ReactElement } from 'react'

import { LiveContext } from '../data/live.ts'
import type { LiveStore } from '../data/live-store.ts'
import type { LiveStream } from '../data/live-stream.ts'
import { createPaintQueue } from '../data/paint-queue.ts'
import { readSearch, writeSearch } from '../data/search.ts'

/**
 * Shows something over a live store, with a stream that only counts what it is told, at an address of ours. Where it goes
 * can be read from `router.history`.
 */
export function showLive(
  element: ReactElement,
  store: LiveStore,
  address = '/',
): RenderResult & { readonly told: readonly (keyof LiveStream)[]; readonly router: AnyRouter } {
  const told: (keyof LiveStream)[] = []
  const tell = (name: keyof LiveStream) => (): void => {
    told.push(name)
  }
  const stream: LiveStream = {
    pause: tell('pause'),
    resume: tell('resume'),
    retryNow: tell('retryNow'),
    close: tell('close'),
  }
  const paints = createPaintQueue(
    (frame) => frame(),
    () => 0,
  )
  const router = createRouter({
    routeTree: createRootRoute(),
    history: createMemoryHistory({ initialEntries: [address] }),
    parseSearch: readSearch,
    stringifySearch: writeSearch,
  })
  const result = render(
    <QueryClientProvider client={new QueryClient()}>
      <LiveContext value={{ store, stream, paints }}>
        <RouterContextProvider router={router}>{element}</RouterContextProvider>
      </LiveContext>
    </QueryClientProvider>,
  )
  return { ...result, told, router }
}
