import { useEffect, useRef } from 'react'

/** The value, or the last one there was. */
export function useKept<Value>(value: Value | undefined): Value | undefined {
  const kept = useRef(value)
  useEffect(() => {
    if (value !== undefined) kept.current = value
  }, [value])
  return value ?? kept.current
}
