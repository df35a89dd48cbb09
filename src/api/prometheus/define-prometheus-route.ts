import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { discardBody } from '../../http/discard-body.ts'
import { HttpError } from '../../http/http-error.ts'
import type { ReadBody } from '../../http/read-body.ts'
import {
  PrometheusError,
  type PrometheusErrorType,
} from '../../query/prometheus/prometheus-error.ts'
import type { ApiRoute } from '../define-api-route.ts'
import { readParameters } from './form-parameters.ts'

export interface PrometheusRouteOptions {
  /** Below `/prometheus/api/v1`, as OpenAPI writes it. */
  readonly path: string
  readonly about: string
  /** What the address or the form may hold, for the documentation. */
  readonly query: z.ZodType
  readonly readBody: ReadBody
  /** Gives what stands under `data` in the answer. */
  readonly answer: (parameters: URLSearchParams, name: string) => Promise<unknown>
}

const statuses: Readonly<Record<PrometheusErrorType, number>> = {
  bad_data: 400,
  execution: 422,
  timeout: 503,
  unavailable: 503,
  not_found: 404,
  internal: 500,
}

const pathInput = z.object({ name: z.string() })

/**
 * A route of Prometheus' API, by GET and by POST with a form. Answers and refusals have Prometheus' form; what is our own
 * fault is thrown on, for the log.
 * @see https://prometheus.io/docs/prometheus/latest/querying/api/#format-overview
 */
export function definePrometheusRoutes(options: PrometheusRouteOptions): readonly ApiRoute[] {
  const { path, about, query, readBody, answer } = options
  const params = path.includes('{name}') ? { params: pathInput } : {}
  return (['GET', 'POST'] as const).map((method) => ({
    method,
    path: `/prometheus/api/v1${path}`,
    audience: 'people',
    about,
    input: z.object({ ...params, query }),
    mediaType: 'application/json',
    handle: async (request, reply) => {
      try {
        const parsed = pathInput.safeParse(request.params)
        const data = await answer(await readParameters(request, readBody), parsed.data?.name ?? '')
        return { status: 'success', data }
      } catch (error) {
        await discardBody(request.raw)
        return refuse(error, reply)
      }
    },
  }))
}

function refuse(error: unknown, reply: FastifyReply): unknown {
  if (error instanceof HttpError) {
    void reply.code(error.status).headers(error.headers)
    return { status: 'error', errorType: 'bad_data', error: error.message }
  }
  if (!(error instanceof PrometheusError)) throw error
  const { type, message } = error
  void reply.code(statuses[type])
  if (type === 'unavailable') void reply.header('retry-after', '1')
  return { status: 'error', errorType: type, error: message }
}
