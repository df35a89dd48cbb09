import { signInPath } from '../../shell/sign-in-gate.ts'

/**
 * Where to go after signing in: the address that was asked for, if it is one of our pages, else the first page. `/.//elsewhere`
 * is one of ours until a browser has made `//elsewhere` of it.
 */
export function wayBack(to: string | undefined, origin: string): string {
  if (to === undefined || !/^\/(?![/\\])/.test(to) || !URL.canParse(to, origin)) return '/'
  const url = new URL(to, origin)
  const isPage = url.origin === origin && !/^\/(\/|(api|intake)(\/|$))/.test(url.pathname)
  if (!isPage || url.pathname === signInPath) return '/'
  return url.pathname + url.search + url.hash
}
