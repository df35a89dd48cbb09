const own = 'http://vigie.invalid'
const maxLength = 2000

/**
 * Where to go after signing in: the address that was asked for, if it is one of our own pages, else the first page. What is
 * looked at is what a browser makes of it: it takes `\` for `/`, leaves out tabs, and resolves `/.//elsewhere` to `//elsewhere`.
 * @see https://url.spec.whatwg.org/#url-parsing
 */
export function safePath(to: string): string {
  if (!to.startsWith('/') || to.length > maxLength || !URL.canParse(to, own)) return '/'
  const { origin, pathname, search, hash } = new URL(to, own)
  const isPage = origin === own && !/^\/(\/|(api|intake|sign-in)(\/|$))/.test(pathname)
  const path = pathname + search + hash
  return isPage && path.length <= maxLength ? path : '/'
}
