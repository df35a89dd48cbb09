import { useEffect, useState } from 'react'

/** Whole seconds until a time in Unix milliseconds, counted down; zero or less once it has come. */
export function useSecondsUntil(timeMs: number): number {
  const [nowMs, setNowMs] = useState(Date.now)
  useEffect(() => {
    setNowMs(Date.now())
    if (timeMs <= Date.now()) return undefined
    const timer = setInterval(() => {
      setNowMs(Date.now())
      if (timeMs <= Date.now()) clearInterval(timer)
    }, 250)
    return () => clearInterval(timer)
  }, [timeMs])
  return Math.ceil((timeMs - nowMs) / 1000)
}
