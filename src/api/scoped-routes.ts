import { formatTagScope } from '../access/tag-scope.ts'
import type { Person, TagScope } from '../model/person.ts'
import type { Api } from './api.ts'
import type { ApiRoute } from './define-api-route.ts'
import { narrowApi } from './narrow-api.ts'

/** Scopes whose Api and routes are kept, the last ones that asked; others are made again. */
const maxKept = 32

/** What a person is answered with. */
export interface ScopedApis {
  /** The Api as far as this person may see. */
  readonly apiOf: (person: Person | undefined) => Api
  /** Routes that are each made once for all who see the same: no route can see more than whoever asks. */
  readonly scopeRoutes: (make: (api: Api) => readonly ApiRoute[]) => readonly ApiRoute[]
}

/** Narrows an Api by the scopes of those who ask. */
export function openScopedApis(api: Api): ScopedApis {
  const narrowed = keepNewest((scope) => narrowApi(api, scope))
  const apiOf = (person: Person | undefined): Api =>
    person?.scope === undefined ? api : narrowed(person.scope)
  return {
    apiOf,
    scopeRoutes(make) {
      const routesWithin = keepNewest((scope) => make(narrowed(scope)))
      return make(api).map((route, index) => ({
        ...route,
        handle: (request, reply, person) => {
          if (person?.scope === undefined) return route.handle(request, reply, person)
          const own = routesWithin(person.scope)[index]
          if (own?.path !== route.path) throw new TypeError(`${route.path} is not made each time`)
          return own.handle(request, reply, person)
        },
      }))
    },
  }
}

function keepNewest<Made>(make: (scope: TagScope) => Made): (scope: TagScope) => Made {
  const kept = new Map<string, Made>()
  return (scope) => {
    const name = formatTagScope(scope)
    const made = kept.get(name) ?? make(scope)
    kept.delete(name)
    kept.set(name, made)
    for (const oldest of kept.keys()) {
      if (kept.size <= maxKept) break
      kept.delete(oldest)
    }
    return made
  }
}
