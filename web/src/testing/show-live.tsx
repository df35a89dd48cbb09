import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render, type RenderResult } from '@testing-library/react'
import type { ReactElement } from 'react'

import { LiveContext } from '../data/live.ts'
import type { LiveStore } from '../data/live-store.ts'
import type { LiveStream } from '../data/live-stream.ts'
import { createPaintQueue } from '../data/paint-queue.ts'

/** Shows something over a live store, with a stream that only counts what it is told. */
export function showLive(
  element: ReactElement,
  store: LiveStore,
): RenderResult & { readonly told: readonly (keyof LiveStream)[] } {
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
  const result = render(
    <QueryClientProvider client={new QueryClient()}>
      <LiveContext value={{ store, stream, paints }}>{element}</LiveContext>
    </QueryClientProvider>,
  )
  return { ...result, told }
}
