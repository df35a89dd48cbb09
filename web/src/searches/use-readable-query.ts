import { useRef } from 'react'

import { readQueryTerms } from './query-terms.ts'

/** The query; while it cannot be read, the last that could, and at first the empty one. */
export function useReadableQuery(query: string): string {
  const last = useRef('')
  if (readQueryTerms(query).problem === undefined) last.current = query
  return last.current
}
