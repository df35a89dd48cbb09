import type { DatadogDestination } from '../../component/datadog-settings.ts'
import type { SinkContext } from '../../component/sink.ts'
import type { Destination, ForwarderContext } from '../forwarder/forwarder.ts'
import { versionHeaders } from './agent-version.ts'

/**
 * The destinations of the settings as the forwarder wants them: `datadog`, `datadog.2`, … or with `.logs`.
 * @param group What they are called before their number.
 */
export function nameDestinations(
  destinations: readonly DatadogDestination[],
  { group, version }: { group: string; version: string },
): readonly Destination[] {
  return destinations.map(({ url, apiKey }, at) => {
    const headers = { ...versionHeaders(version), 'dd-api-key': apiKey }
    return { name: at === 0 ? group : `${group}.${at + 1}`, url, headers: () => headers }
  })
}

/** What forwarding takes of a sink's context. */
export function forwardingOf(context: SinkContext): ForwarderContext {
  const { forwarder, outbound, telemetry, clock, deadline } = context
  return { settings: forwarder, outbound, telemetry, clock, deadline }
}
