import { z } from 'zod'
import { choiceOf } from './choices.ts'
import { proxyAddress } from './proxy-address.ts'
import { wordList } from './word-list.ts'

const hosts = 'a list of hosts, host:port, addresses and ranges such as 10.0.0.0/8; * for all'

/**
 * Datadog's options for how destinations are reached: proxies and TLS.
 * @see pkg/config/setup/config.go of the agent, `LoadProxyFromEnv`
 */
export const outboundOptions = {
  proxy: z
    .strictObject({
      http: proxyAddress
        .meta({
          description: 'Proxy for destinations that begin with `http://`.',
          sharedEnvironment: ['HTTP_PROXY', 'http_proxy'],
        })
        .optional(),
      https: proxyAddress
        .meta({
          description: 'Proxy for destinations that begin with `https://`.',
          sharedEnvironment: ['HTTPS_PROXY', 'https_proxy'],
        })
        .optional(),
      no_proxy: wordList(hosts)
        .prefault([])
        .meta({
          description: 'What is reached without a proxy.',
          sharedEnvironment: ['NO_PROXY', 'no_proxy'],
        }),
    })
    .meta({ description: 'Proxies.' }),
  no_proxy_nonexact_match: z.boolean().default(false).meta({
    description:
      'Whether `example.com` in `proxy.no_proxy` means `www.example.com` too. Ranges of addresses count either way.',
  }),
  use_proxy_for_cloud_metadata: z.boolean().default(false).meta({
    description:
      'Whether 169.254.169.254 and 100.100.100.200, where clouds tell a machine of itself, are reached through the proxy.',
  }),
  skip_ssl_validation: z.boolean().default(false).meta({
    description: 'Whether certificates of destinations are taken unchecked.',
  }),
  min_tls_version: choiceOf(['tlsv1.0', 'tlsv1.1', 'tlsv1.2', 'tlsv1.3']).prefault('tlsv1.2').meta({
    description: 'Oldest TLS that is spoken; nothing older than 1.2 is.',
  }),
} as const
