import { useEffect } from 'react'

/** Has the browser fill the screen, where it can; that a page looks so in a window stands in its address. */
export function enterScreen(): void {
  if (document.fullscreenEnabled) document.documentElement.requestFullscreen().catch(() => {})
}

/** Gives the screen back. */
export function leaveScreen(): void {
  if (document.fullscreenElement !== null) document.exitFullscreen().catch(() => {})
}

/** Hears when the reader leaves the full screen by the browser's own means, whose Esc no page sees. */
export function useScreenLeft(onLeft: () => void): void {
  useEffect(() => {
    function look(): void {
      if (document.fullscreenElement === null) onLeft()
    }
    document.addEventListener('fullscreenchange', look)
    return () => document.removeEventListener('fullscreenchange', look)
  }, [onLeft])
}
