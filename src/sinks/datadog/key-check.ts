import { request as httpRequest, type Agent } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { SinkContext } from '../../component/sink.ts'
import type { Destination } from '../forwarder/forwarder.ts'
import { describeFailure } from '../forwarder/post/describe-failure.ts'
import { openAgent } from '../forwarder/post/open-agent.ts'

/** Whether a destination knows the key; `unknown` when it did not say, with what it did. */
export type KeyVerdict =
  | { readonly kind: 'valid' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'unknown'; readonly reason: string }

/** Where Datadog's own intakes have their API, whatever the name of the intake. */
const datadogSite = /([a-z]{2,}\d{1,2}\.)?(datadoghq\.[a-z]+|ddog-gov\.com)\.?$/

/**
 * The address at which a destination tells whether it knows a key.
 * @see `comp/forwarder/defaultforwarder/impl/forwarder_health.go` of the Datadog Agent
 */
export function validationUrl(destinationUrl: string): URL {
  const { hostname } = new URL(destinationUrl)
  const site = datadogSite.exec(hostname)?.[0].replace(/\.$/, '')
  const base = site === undefined ? destinationUrl : `https://api.${site}`
  return new URL(`${base}/api/v1/validate`)
}

/**
 * Asks a destination whether it knows the key; the key goes in a header, since addresses are written to logs on the way.
 * Never rejects.
 */
export async function checkKey(
  destination: Pick<Destination, 'url' | 'headers'>,
  options: Pick<SinkContext, 'outbound' | 'forwarder'> & { readonly signal: AbortSignal },
): Promise<KeyVerdict> {
  let agent: Agent | undefined
  try {
    const url = validationUrl(destination.url)
    agent = openAgent(url, options.outbound, 1)
    const inTime = AbortSignal.timeout(options.forwarder.timeoutMs)
    const signal = AbortSignal.any([options.signal, inTime])
    return judge(await askStatus(url, { agent, signal, headers: destination.headers() }))
  } catch (error) {
    return { kind: 'unknown', reason: describeFailure(error) }
  } finally {
    agent?.destroy()
  }
}

function askStatus(
  url: URL,
  options: { agent: Agent; signal: AbortSignal; headers: Readonly<Record<string, string>> },
): Promise<number> {
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest
  return new Promise((resolve, reject) => {
    const asked = request(url, { ...options, headers: { ...options.headers } })
    asked.on('error', reject)
    asked.on('response', (answer) => {
      resolve(answer.statusCode ?? 0)
      // What it says beside that is not wanted.
      answer.destroy()
    })
    asked.end()
  })
}

function judge(status: number): KeyVerdict {
  if (status === 200) return { kind: 'valid' }
  if (status === 401 || status === 403) return { kind: 'refused' }
  return { kind: 'unknown', reason: `it answered ${status}` }
}
