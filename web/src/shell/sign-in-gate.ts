import { useRouter, useRouterState } from '@tanstack/react-router'
import { useEffect } from 'react'

import type { Me } from '../../../src/api/contract/access.ts'
import { useLink, useLive } from '../data/live.ts'
import { mePath } from '../data/me.ts'
import { onSignInAsked, useRequest } from '../data/request.ts'
import { readSearch, writeSearch } from '../data/search.ts'

/** Where one signs in. */
export const signInPath = '/sign-in'

/**
 * Leads to the sign-in when the server wants to know who asks, at the start or later, with the way back in the address.
 * Nothing waits for its answer: where nobody has to sign in, pages are there as fast as without it.
 */
export function useSignInGate(): void {
  const { data: me, refetch } = useRequest<Me>(mePath, { isLasting: true })
  const { stream } = useLive()
  const link = useLink()
  const router = useRouter()
  const path = useRouterState({ select: (state) => state.location.pathname })
  useEffect(() => onSignInAsked(() => void refetch()), [refetch])
  useEffect(() => {
    // A stream that is refused tells a page no more than that it is lost.
    if (link.kind === 'lost') void refetch()
  }, [link, refetch])
  const isStranger = me !== undefined && me.signInNeeded && me.person === null
  useEffect(() => {
    if (!isStranger) return
    stream.close()
    if (path === signInPath) return
    router.history.replace(signInAddress(router.history.location.href))
  }, [isStranger, path, stream, router])
}

function signInAddress(to: string): string {
  const { lang } = readSearch(location.search) as Partial<Record<string, string>>
  return signInPath + writeSearch({ ...(lang !== undefined && { lang }), to })
}
