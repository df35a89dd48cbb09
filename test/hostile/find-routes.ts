import { unkeptRoutes } from '../../src/intake/unkept-routes.ts'
import { keptRoutes } from '../../tools/print-intake-routes.ts'
import type { PeopleRoute } from './hostile-request.ts'

/** What is read of OpenAPI's description. */
interface Described {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DescribedRoute>>>>
}

interface DescribedRoute {
  readonly security?: unknown
  readonly requestBody?: unknown
}

/** Every route that agents post to; a test of the reference page compares the two lists with the code. */
export function findIntakeRoutes(): string[] {
  const named = [...keptRoutes, ...unkeptRoutes].map(({ path }) => path)
  return [...named, '/support/flare', '/support/flare/:case', '/*']
}

/** Every route for people, from the description that the server gives of itself. */
export async function findPeopleRoutes(url: string, token: string): Promise<PeopleRoute[]> {
  const answer = await fetch(`${url}/api/openapi.json`, {
    headers: { authorization: `Bearer ${token}` },
  })
  const described: Described = JSON.parse(await answer.text())
  return Object.entries(described.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { security, requestBody }]) => ({
      method: method === 'post' ? ('POST' as const) : ('GET' as const),
      path,
      isForAnyone: security === undefined,
      // Prometheus' questions come as forms, of which the description says nothing.
      hasBody: requestBody !== undefined || (method === 'post' && path.startsWith('/prometheus')),
    })),
  )
}
