import { useEffect, useState } from 'react'

/** Nobody writes the next letter later than that. */
const settleMs = 150

/** What is being typed, once the writer has paused. */
export function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), settleMs)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}
