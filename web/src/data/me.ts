import type { Me } from '../../../src/api/contract/access.ts'
import { useRequest } from './request.ts'

/** Where the server says who asks. */
export const mePath = '/api/access/me'

/** Who looks at the page, and how one may sign in; `undefined` until the server has said so. */
export function useMe(): Me | undefined {
  return useRequest<Me>(mePath, { isLasting: true }).data
}

/** Whether the one who looks may say who else may. */
export function useIsAdmin(): boolean {
  return useMe()?.person?.role === 'admin'
}
