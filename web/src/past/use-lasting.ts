import { useEffect, useState } from 'react'

/** Whether something has been so for as long as `forMs`: what passes sooner is not worth a word. */
export function useLasting(isSo: boolean, forMs: number): boolean {
  const [hasLasted, setLasted] = useState(false)
  useEffect(() => {
    setLasted(false)
    if (!isSo) return undefined
    const timer = setTimeout(() => setLasted(true), forMs)
    return () => clearTimeout(timer)
  }, [isSo, forMs])
  return isSo && hasLasted
}
