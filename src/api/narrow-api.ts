import { formatTagScope } from '../access/tag-scope.ts'
import type { TagScope } from '../model/person.ts'
import type { ContainerAnswer, ContainerScope } from '../query/containers.ts'
import { findAmong } from '../query/containers.ts'
import { QuestionError } from '../query/question-error.ts'
import { narrowAgents } from '../query/scope/narrow-agents.ts'
import { seesContainer } from '../query/scope/sees-container.ts'
import type { Api } from './api.ts'

/** Every member of `Api`, those too that may be absent. */
type WholeApi = { readonly [Name in keyof Required<Api>]: Api[Name] }

/**
 * What routes work with when somebody asks who may see only the containers that meet a scope, and what is of them. A new
 * member of `Api` has to be decided here, or this does not compile.
 */
export function narrowApi(api: Api, scope: TagScope): Api {
  const listContainers = (state: ContainerScope): ContainerAnswer[] =>
    api.listContainers(state).filter((live) => seesContainer(scope, live))
  const narrowed: WholeApi = {
    ...api.questionsWithin(scope),
    questionsWithin: (further) => api.questionsWithin([...scope, ...further]),
    listContainers,
    findContainer: (idOrPrefix) => {
      const found = api.findContainer(idOrPrefix)
      if (found.kind === 'several') return findAmong(listContainers('all'), idOrPrefix)
      if (found.kind === 'found' && !seesContainer(scope, found.container))
        return { kind: 'unknown' }
      return found
    },
    listAgents: () =>
      narrowAgents(api.listAgents(), new Set(listContainers('all').map(({ host }) => host))),
    askSql: () => Promise.reject(refuseSql(scope)),
    // Of a container that was found among those.
    lookAtProcesses: api.lookAtProcesses,
    // They tell how many, not what.
    counts: api.counts,
    // It tells when, not what.
    followLate: api.followLate,
    describeStore: api.describeStore,
    // Their questions are put by those who look at them.
    dashboards: api.dashboards,
    views: api.views,
    // Who may change accounts may change scopes: `needs` of their routes decides, not this.
    access: api.access,
    gate: api.gate,
    version: api.version,
    startedAtMs: api.startedAtMs,
    clock: api.clock,
    whyNotReady: api.whyNotReady,
    publicUrl: api.publicUrl,
    agentImage: api.agentImage,
    readBody: api.readBody,
    limits: api.limits,
  }
  return narrowed
}

/** Of what a statement that somebody wrote reads, no part can be left out. */
function refuseSql(scope: TagScope): QuestionError {
  return new QuestionError(
    'refused',
    `Cannot run SQL for you: it reads all that is stored, and you see the containers with ${formatTagScope(scope)}; ask for metrics, logs and runs instead`,
  )
}
