import { readFileSync } from 'node:fs'
import { Agent } from 'node:http'
import { Agent as TlsAgent } from 'node:https'
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls'
import type { OutboundSettings } from '../../../component/outbound-settings.ts'
import { chooseProxy } from './choose-proxy.ts'

/** One for all destinations: the certificates of a system take four megabytes once they are read. */
const contexts = new WeakMap<OutboundSettings['tls'], SecureContext>()

/**
 * The connections to `url`, kept open, directly or through a proxy.
 * @throws {Error} When the file with certificates, or the proxy's address, cannot be used; no secret is in its message.
 */
export function openAgent(url: URL, outbound: OutboundSettings, connections: number): Agent {
  const { proxy, tls } = outbound
  const proxyUrl = chooseProxy(url, proxy)
  if (proxyUrl !== undefined) checkProxy(proxyUrl)
  const proxyEnv = proxyUrl === undefined ? {} : { HTTP_PROXY: proxyUrl, HTTPS_PROXY: proxyUrl }
  const options = { keepAlive: true, maxSockets: connections, proxyEnv }
  if (url.protocol !== 'https:') return new Agent(options)
  return new TlsAgent({
    ...options,
    secureContext: secureContextOf(tls),
    rejectUnauthorized: tls.isVerified,
    minVersion: tls.minVersion,
  })
}

/** Node falls back to none when it does not know the scheme, and repeats the password when it cannot read the address. */
function checkProxy(proxyUrl: string): void {
  const protocol = URL.parse(proxyUrl)?.protocol
  if (protocol === 'http:' || protocol === 'https:') return
  const seen = protocol === undefined ? 'no address that can be read' : `the scheme ${protocol}//`
  throw new Error(`the proxy has ${seen}; give it as http://host:port`)
}

function secureContextOf(tls: OutboundSettings['tls']): SecureContext {
  let context = contexts.get(tls)
  if (context === undefined) {
    context = createSecureContext({ ca: trusted(tls.caFile), minVersion: tls.minVersion })
    contexts.set(tls, context)
  }
  return context
}

/** Those of the system and of the file; where the system has none, as in a small image, those that Node brings along. */
function trusted(caFile: string | undefined): string[] {
  const own = caFile === undefined ? [] : [readCertificates(caFile)]
  const system = getCACertificates('system')
  const known = system.length > 0 ? system : getCACertificates('bundled')
  // A system has most of them under several names.
  return [...new Set([...known, ...getCACertificates('extra'), ...own])]
}

function readCertificates(caFile: string): string {
  try {
    const text = readFileSync(caFile, 'utf8')
    if (text.includes('-----BEGIN CERTIFICATE-----')) return text
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new Error(`the file with certificates cannot be read: ${reason}`, { cause })
  }
  throw new Error(`the file ${caFile} has no certificate in PEM format`)
}
