import type { LiveStore } from './live-store.ts'
import type { LiveStream } from './live-stream.ts'

/** A page that nobody sees for this long lets go of its stream: a browser gives one server only six connections. */
const restAfterMs = 30_000

/** Pauses the stream while the page is hidden for long, and resumes it at the first glance. */
export function restWhileHidden(stream: LiveStream, store: LiveStore): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let isResting = false
  document.addEventListener('visibilitychange', () => {
    clearTimeout(timer)
    if (document.visibilityState === 'hidden') {
      timer = setTimeout(() => {
        if (store.link().kind === 'paused') return
        isResting = true
        stream.pause()
      }, restAfterMs)
      return
    }
    if (!isResting) return
    isResting = false
    stream.resume()
  })
}
