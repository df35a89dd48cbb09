import type { SinkContext } from '../../component/sink.ts'
import type { Destination } from '../forwarder/forwarder.ts'
import type { DestinationOptions } from '../web-destination/options.ts'
import {
  clientFaultsExcept,
  makeHeaders,
  splitAddress,
} from '../web-destination/web-destination.ts'

/** Beside those from 400 to 499: only 502, 503 and 504 may be tried again. */
const finalServerFaults = [500, 501, 505, 506, 507, 508, 511]

/**
 * Where the signals go.
 * @param name `otlp` or `otlp.logs`.
 * @see https://opentelemetry.io/docs/specs/otlp/#retryable-response-codes
 */
export function makeOtlpDestination(
  name: string,
  options: DestinationOptions & { readonly url: string },
  { environment }: Pick<SinkContext, 'environment'>,
): Destination {
  const { origin, path, credentials } = splitAddress(options.url)
  const headers = makeHeaders(options, credentials, `vigie/${environment.version}`)
  return {
    name,
    url: origin + path,
    headers: () => headers,
    // 407 is the proxy's, which is ours to set right.
    finalStatuses: [...clientFaultsExcept([407, 429]), ...finalServerFaults],
  }
}
