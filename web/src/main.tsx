import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'

import { createLiveStore } from './data/live-store.ts'
import { openLiveStream } from './data/live-stream.ts'
import { LiveContext } from './data/live.ts'
import { createPaintQueue } from './data/paint-queue.ts'
import { restWhileHidden } from './data/rest-while-hidden.ts'
import { language } from './messages/message.ts'
import { pages } from './pages/index.ts'
import { createPageRouter } from './router.tsx'
import './styles.css'

// The stream opens before anything is drawn: its snapshot fills the first page.
const schedule = (callback: () => void): number => requestAnimationFrame(callback)
const elapsedMs = (): number => performance.now()
const store = createLiveStore({ schedule, elapsedMs })
const stream = openLiveStream(store, {
  open: () => new EventSource('/api/live'),
  random: Math.random,
})
restWhileHidden(stream, store)

// A server on this machine answers also where the browser finds no network.
const always = { networkMode: 'always' } as const
const requests = new QueryClient({
  defaultOptions: { queries: { refetchOnWindowFocus: false, ...always }, mutations: always },
})
const live = { store, stream, paints: createPaintQueue(schedule, elapsedMs) }

document.documentElement.lang = language
const root = document.getElementById('root')
if (root === null) throw new Error('Cannot show the pages: index.html has no element "root"')
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={requests}>
      <LiveContext value={live}>
        <RouterProvider router={createPageRouter(pages)} />
      </LiveContext>
    </QueryClientProvider>
  </StrictMode>,
)
