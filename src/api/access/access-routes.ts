import type { Api } from '../api.ts'
import type { ApiRoute } from '../define-api-route.ts'
import { addHostRoutes } from './add-host.ts'
import { auditRoute } from './audit.ts'
import { keyRoutes } from './keys.ts'
import { oidcRoutes } from './oidc.ts'
import { signInRoutes } from './sign-in.ts'
import { tokenRoutes } from './tokens.ts'
import { userRoutes } from './users.ts'

/** `/api/access/…`: signing in, and who may do what. */
export function accessRoutes(api: Api): readonly ApiRoute[] {
  return [
    ...signInRoutes(api),
    ...oidcRoutes(api),
    ...keyRoutes(api),
    ...addHostRoutes(api),
    ...userRoutes(api),
    ...tokenRoutes(api),
    auditRoute(api),
  ]
}
