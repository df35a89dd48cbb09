import type { Settings } from '../../config/settings.ts'

/**
 * The keys of agents that were not made here, by what they are called: the server's own, and those of the configuration.
 * @param ownKey What stands in `api_key` of the data folder.
 */
export function listFixedKeys(
  { apiKey, serverKey }: Settings,
  ownKey: string | undefined,
): Readonly<Record<string, string | undefined>> {
  return { api_key: ownKey, 'the configuration': apiKey, 'vigie.server_key': serverKey }
}
