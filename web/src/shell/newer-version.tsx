import { useEffect, useState, type ReactElement } from 'react'

import type { Health } from '../../../src/api/contract/health.ts'
import { useLink } from '../data/live.ts'
import { useRequest } from '../data/request.ts'
import { Notice } from '../elements/notice.tsx'
import { say } from '../messages/message.ts'

/** Says that the server runs another version than the one this page came from: it may show what it no longer understands. */
export function NewerVersion(): ReactElement | null {
  const { data, refetch } = useRequest<Health>('/api/health', { isLasting: true })
  const isLive = useLink().kind === 'live'
  useEffect(() => {
    // A server that was started again may be another one.
    if (isLive) void refetch({ cancelRefetch: false })
  }, [isLive, refetch])
  const version = data?.version
  const [own, setOwn] = useState(version)
  if (own === undefined && version !== undefined) setOwn(version)
  if (version === undefined || own === undefined || version === own) return null
  return (
    <Notice tone="warning">
      <span>{say('app.newer', { version, own })}</span>
      <button type="button" className="underline" onClick={() => location.reload()}>
        {say('app.renew')}
      </button>
    </Notice>
  )
}
