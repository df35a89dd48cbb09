import { useMemo } from 'react'

import { addressOf, readSearch, useGoTo, useSearch } from '../data/search.ts'
import { readMoment, zoomAround, type Moment } from './moment.ts'

/** The moment that the address asks for; the same object for as long as it stands there. */
export function useMoment(): Moment {
  const { at } = useSearch() as Partial<Record<string, string>>
  return useMemo(() => readMoment(at === undefined ? {} : { at }), [at])
}

/** The address of a container's page; from a moment of the past its charts show the minutes around that. */
export function useContainerAddress(id: string): string {
  return addressOf(pathOf(id), zoomAround(useMoment(), nowS()))
}

/** Opens the page of a container at the moment that is shown. */
export function useOpenContainer(): (id: string) => void {
  const goTo = useGoTo()
  // Read when it is done: while the past plays, the address moves on every second.
  return (id) => goTo(pathOf(id), zoomAround(readMoment(readSearch(location.search)), nowS()))
}

function pathOf(id: string): string {
  return `/containers/${id}`
}

function nowS(): number {
  return Math.floor(Date.now() / 1000)
}
