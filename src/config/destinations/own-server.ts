import { isLoopback, toLocalUrl } from '../../component/listen-address.ts'
import type { ParsedConfiguration } from '../schema/compose-schema.ts'

/** Tells addresses of our own server, under whichever of its names, from those of others. */
export function createOwnServerTest({ vigie }: ParsedConfiguration): (url: string) => boolean {
  const own = new Set(
    [vigie.server_url ?? toLocalUrl(vigie.listen), vigie.public_url].flatMap((url) =>
      url === undefined ? [] : [writeOrigin(url)],
    ),
  )
  return (url) => own.has(writeOrigin(url))
}

/** Host and port; this machine has many names. */
function writeOrigin(text: string): string {
  const url = URL.parse(text)
  if (url === null) return text
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80))
  const isHere = isLoopback({ host, port }) || host === '0.0.0.0' || host === '::'
  return `${isHere ? 'localhost' : host}:${port}`
}
