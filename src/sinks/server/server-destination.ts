import type { SinkContext } from '../../component/sink.ts'
import type { Destination, ForwarderContext } from '../forwarder/forwarder.ts'

/**
 * A page that is open is to go on soon after its server has come back, so that we ask more often than we would ask
 * others, and take the first answer for its return.
 */
const longestBackOff = { baseMs: 250, maxMs: 4000, recovery: 1, resets: true }

/** The name that the server files this agent under, where it is another than the agent's own. */
const hostHeader = 'x-vigie-host'
/** Ids of the containers that somebody looks at, with commas between; empty when nobody does. */
const watchedHeader = 'x-vigie-watched'

/** Our own server, by the name it has in the status. */
export function serverDestination(name: string, context: SinkContext): Destination {
  const { serverUrl, apiKey, environment, onHostName, onWatched } = context
  const { version, hostname } = environment
  return {
    name,
    url: serverUrl.replace(/\/+$/, ''),
    headers: () => ({
      'dd-api-key': apiKey() ?? '',
      'user-agent': `vigie/${version}`,
      'dd-agent-version': version,
    }),
    onTaken(headers) {
      const given = headers[hostHeader]
      if (typeof given === 'string' && given !== '' && given !== hostname) onHostName?.(given)
      const watched = headers[watchedHeader]
      if (typeof watched === 'string') onWatched?.(watched.split(',').filter((id) => id !== ''))
    },
  }
}

/** How it is sent to, with as many requests on their way at a time. */
export function forwarderContext(context: SinkContext, connections: number): ForwarderContext {
  const { forwarder, outbound, telemetry, clock, deadline } = context
  const { backOff } = forwarder
  const asked = {
    ...backOff,
    ...longestBackOff,
    baseMs: Math.min(backOff.baseMs, longestBackOff.baseMs),
    maxMs: Math.min(backOff.maxMs, longestBackOff.maxMs),
  }
  const settings = { ...forwarder, connections, backOff: asked }
  return { settings, outbound, telemetry, clock, deadline }
}
