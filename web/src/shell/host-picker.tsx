import type { ReactElement } from 'react'

import { useHost, useHosts } from '../data/hosts.ts'
import { useSetSearch } from '../data/search.ts'
import { say } from '../messages/message.ts'

/** Narrows every page to one host. It is there only where there are several, or where the address says one. */
export function HostPicker(): ReactElement | null {
  const hosts = useHosts()
  const host = useHost()
  const setSearch = useSetSearch()
  if (hosts.length < 2 && host === '') return null
  const shown = host === '' || hosts.includes(host) ? hosts : [host, ...hosts]
  return (
    <label className="control min-w-0 px-2">
      <span className="text-faint max-md:sr-only">{say('host.label')}</span>
      <select
        className="max-w-44 min-w-0 truncate bg-transparent text-ink outline-none max-sm:max-w-28"
        value={host}
        onChange={(event) => setSearch({ host: event.target.value || undefined })}
      >
        <option value="" className="bg-panel">
          {say('host.all')}
        </option>
        {shown.map((name) => (
          <option key={name} value={name} className="bg-panel">
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}
