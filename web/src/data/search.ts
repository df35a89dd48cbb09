import { useNavigate, useRouter, useRouterState } from '@tanstack/react-router'
import { useCallback } from 'react'

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** This entry of the way back is a step into a part of the page of the entry before: a zoom. */
    isStep?: boolean
  }
}

/** What stands in the address after `?`: the whole state of a page, names and values as they are read. */
export type Search = Readonly<Record<string, string>>

/** Parts of the address to set; `undefined` takes one out. */
export type SearchChange = Readonly<Record<string, string | undefined>>

/** The parts of the address that follow a reader from page to page. */
const keptNames = ['lang', 'host']

/** What stands in the address now. */
export function useSearch(): Search {
  // The router's own parser is replaced by `readSearch`, which makes nothing but strings.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return useRouterState({ select: (state) => state.location.search as Search })
}

/** Changes parts of the address and leaves the rest. The reader's way back does not grow but for a `step`. */
export function useSetSearch(): (change: SearchChange, kind?: 'step') => void {
  const navigate = useNavigate()
  const { history } = useRouter()
  return useCallback(
    (change, kind) => {
      const search = (now: Search): Search => merge(now, change)
      const isStep = kind === 'step'
      void navigate({ to: '.', search, replace: !isStep, state: isStep ? { isStep } : true })
      // Links are written from the browser's address, which the router brings up to date only a moment later.
      history.flush()
    },
    [navigate, history],
  )
}

/**
 * Takes back the last step into a part of this page, and what `names` name is as before it; what else has changed since
 * stays. Where there was no such step, since the address was opened as it is, the parts are taken out of it.
 */
export function useStepBack(names: readonly string[]): () => void {
  const { history } = useRouter()
  const setSearch = useSetSearch()
  return useCallback(() => {
    const taken = Object.fromEntries(names.map((name) => [name, undefined]))
    if (history.location.state.isStep !== true || !history.canGoBack()) {
      setSearch(taken)
      return
    }
    const kept = merge(readSearch(history.location.search), taken)
    const stop = history.subscribe(() => {
      stop()
      const { pathname, search, state } = history.location
      const before = readSearch(search)
      const again = Object.entries(before).filter(([name]) => names.includes(name))
      history.replace(pathname + writeSearch({ ...kept, ...Object.fromEntries(again) }), state)
    })
    history.back()
  }, [history, names, setSearch])
}

/** Goes to another page; only the language and the chosen host come along. */
export function useGoTo(): (path: string, search?: Search) => void {
  const router = useRouter()
  return useCallback((path, search = {}) => router.history.push(addressOf(path, search)), [router])
}

/** The address of a page, with the parts of the present address that follow the reader. */
export function addressOf(path: string, search: Search = {}): string {
  const now = readSearch(location.search)
  const kept = keptNames.flatMap((name) => (now[name] === undefined ? [] : [[name, now[name]]]))
  return path + writeSearch({ ...Object.fromEntries(kept), ...search })
}

/** Names and values of `?a=b&c=d`. */
export function readSearch(text: string): Search {
  return Object.fromEntries(new URLSearchParams(text))
}

/** `?a=b&c=d`, or nothing; what readers may read stays readable. */
export function writeSearch(search: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(search).filter(([, value]) => typeof value === 'string')
  const text = pairs.map(([name, value]) => `${name}=${encodeValue(String(value))}`).join('&')
  return text === '' ? '' : `?${text}`
}

function merge(now: Search, change: SearchChange): Search {
  const merged = Object.entries({ ...now, ...change }).filter(([, value]) => value !== undefined)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return Object.fromEntries(merged) as Search
}

/** `encodeURIComponent`, but for the signs of a filter that are allowed in a query and read better as they are. */
function encodeValue(value: string): string {
  return encodeURIComponent(value)
    .replaceAll('%3A', ':')
    .replaceAll('%2F', '/')
    .replaceAll('%2C', ',')
    .replaceAll('%20', '+')
}
