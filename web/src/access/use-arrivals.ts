import { useState } from 'react'

import { useHosts } from '../data/hosts.ts'

/** Hosts that have reported for the first time since this was shown. */
export function useArrivals(): readonly string[] {
  const hosts = useHosts()
  const [before] = useState(hosts)
  return hosts.filter((host) => !before.includes(host))
}
