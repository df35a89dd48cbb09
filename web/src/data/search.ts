import { useNavigate, useRouter, useRouterState } from '@tanstack/react-router'
import { useCallback } from 'react'

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

/** Changes parts of the address and leaves the rest; the reader's way back does not grow. */
export function useSetSearch(): (change: SearchChange) => void {
  const navigate = useNavigate()
  const { history } = useRouter()
  return useCallback(
    (change) => {
      const search = (now: Search): Search => merge(now, change)
      void navigate({ to: '.', search, replace: true })
      // Links are written from the browser's address, which the router brings up to date only a moment later.
      history.flush()
    },
    [navigate, history],
  )
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
