import { z } from 'zod'
import type { ContainerAnswer } from '../query/containers.ts'
import { labelValue } from '../query/labels/label-value.ts'
import { listLabels, type Labels } from '../query/labels/list-labels.ts'
import { answerQuestion } from './answer-question.ts'
import type { Api } from './api.ts'
import { labelQuestionLimits, mostCountedValues } from './contract/labels.ts'
import { defineApiRoute, type ApiRoute } from './define-api-route.ts'
import { wholeNumber } from './logs-input.ts'
import { labelListSchema, labelValuesSchema } from './schemas/labels.ts'

const most = labelQuestionLimits

/** What is asked about labels of containers. */
export function labelRoutes(api: Api): readonly ApiRoute[] {
  return [listRoute(api), valuesRoute(api)]
}

function listRoute(api: Api): ApiRoute {
  return defineApiRoute({
    method: 'GET',
    path: '/api/containers/labels',
    about:
      'The labels that containers have, also those that were removed in the last ten minutes: first labels whose values ' +
      'several containers share, then those with one value, then those of which each container has a value of its own.',
    input: z.object({
      query: z.strictObject({
        search: z
          .string()
          .max(500)
          .default('')
          .meta({ description: 'Stands in the name, without regard to case' }),
        limit: wholeNumber(1, 500).default(100),
      }),
    }),
    answer: labelListSchema,
    handle: async ({ query }) => {
      const containers = api.listContainers('all').map(({ container }) => container)
      return listLabels(containers, { ...query, maxValues: mostCountedValues })
    },
  })
}

function valuesRoute(api: Api): ApiRoute {
  return defineApiRoute({
    method: 'POST',
    path: '/api/containers/labels',
    about:
      'The values of some labels of some containers, also of those that have ended, as long as their states are kept. ' +
      'Values are cut after 500 characters.',
    input: z.object({
      body: z.strictObject({
        labels: z
          .array(z.string().min(1).max(500))
          .min(1)
          .max(most.labels)
          .meta({ description: 'Names; without regard to case where no label has exactly that' }),
        containers: z
          .array(z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 lower-case hexadecimal digits'))
          .max(most.containers)
          .meta({ description: 'Ids' }),
      }),
    }),
    answer: labelValuesSchema,
    readBody: api.readBody,
    handle: async ({ body: { labels, containers } }) => {
      const found = await findLabels(api, labels, containers)
      const values = labels.map((name) =>
        containers.map((id) => {
          const own = found.get(id)
          return own === undefined ? null : labelValue(own, name)
        }),
      )
      return { values }
    },
  })
}

/** The labels of containers by id: of live ones all, of others those that are asked for. */
async function findLabels(
  api: Api,
  labels: readonly string[],
  ids: readonly string[],
): Promise<ReadonlyMap<string, Labels>> {
  const live = new Map(
    ids
      .map((id) => api.findContainer(id))
      .flatMap((found) => (found.kind === 'found' ? [entryOf(found.container)] : [])),
  )
  const others = ids.filter((id) => !live.has(id))
  if (others.length === 0) return live
  const stored = await answerQuestion(() => api.askLabels({ labels, ids: others }))
  return new Map([...stored, ...live])
}

function entryOf({ container }: ContainerAnswer): readonly [string, Labels] {
  return [container.id, container.labels]
}
