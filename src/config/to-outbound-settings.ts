import { resolve } from 'node:path'
import type { OutboundSettings } from '../component/outbound-settings.ts'
import type { ParsedConfiguration } from './schema/compose-schema.ts'

/** Where clouds tell a machine of itself: Amazon, Google and Microsoft; Alibaba. */
const cloudMetadata = ['169.254.169.254', '100.100.100.200']

/** Proxies and TLS, for everything that is sent. */
export function toOutboundSettings(parsed: ParsedConfiguration, cwd: string): OutboundSettings {
  const { http, https, no_proxy: noProxy } = parsed.proxy
  const { ca_cert: caFile } = parsed.vigie
  return {
    proxy: {
      ...(http !== undefined && { http }),
      ...(https !== undefined && { https }),
      noProxy: [
        ...new Set([...noProxy, ...(parsed.use_proxy_for_cloud_metadata ? [] : cloudMetadata)]),
      ],
      matchesEndings: parsed.no_proxy_nonexact_match,
    },
    tls: {
      ...(caFile !== undefined && { caFile: resolve(cwd, caFile) }),
      isVerified: !parsed.skip_ssl_validation,
      minVersion: parsed.min_tls_version === 'tlsv1.3' ? 'TLSv1.3' : 'TLSv1.2',
    },
  }
}
