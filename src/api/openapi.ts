import { z } from 'zod'
import type { Api } from './api.ts'
import { defineApiRoute, noInput, type ApiRoute } from './define-api-route.ts'
import { errorAnswerSchema } from './schemas/query.ts'

/** An OpenAPI 3.1 document. */
type OpenApiDocument = Readonly<Record<string, unknown>>

/** `GET /api/openapi.json` */
export function openApiRoute(api: Api, routes: readonly ApiRoute[]): ApiRoute {
  const document = describeApi(api.version, routes)
  return defineApiRoute({
    method: 'GET',
    path: '/api/openapi.json',
    about: 'This description of all routes, as OpenAPI 3.1.',
    input: noInput,
    handle: async () => document,
  })
}

/** Describes routes from the schemas that check them. */
function describeApi(version: string, routes: readonly ApiRoute[]): OpenApiDocument {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const route of routes) {
    const path = (paths[route.path] ??= {})
    path[route.method.toLowerCase()] = describeRoute(route)
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Vigie',
      version,
      description:
        "Agents post to Datadog's own intake routes and to /api/vigie/v1/report with the header DD-API-KEY; " +
        'the routes here are for people and their tools.',
    },
    paths,
    components: {
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description:
            'A token of an account, or vigie.access_token; DD-APPLICATION-KEY does as well',
        },
        password: { type: 'http', scheme: 'basic', description: 'Name and password of an account' },
        session: { type: 'apiKey', in: 'cookie', name: 'vigie_session' },
      },
    },
  }
}

function describeRoute(route: ApiRoute): Record<string, unknown> {
  const { params, query, body } = route.input.shape
  const content = route.answer === undefined ? {} : { schema: jsonSchema(route.answer, 'output') }
  return {
    summary: route.about.split(/[.:] /, 1)[0],
    description: route.about,
    ...(route.audience === 'people' && { security: describeSecurity(route) }),
    parameters: [...describeParameters(params, 'path'), ...describeParameters(query, 'query')],
    ...(body !== undefined && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: jsonSchema(body, 'input') } },
      },
    }),
    responses: {
      200: { description: 'The answer', content: { [route.mediaType]: content } },
      default: {
        description: 'A refusal, with one sentence',
        content: { 'application/json': { schema: jsonSchema(errorAnswerSchema, 'output') } },
      },
    },
  }
}

/** The first, empty one is for a server without accounts and access token. Behind each stands the least role. */
function describeSecurity({ needs = 'viewer' }: ApiRoute): readonly object[] {
  return [{}, { token: [needs] }, { password: [needs] }, { session: [needs] }]
}

function describeParameters(schema: z.ZodType | undefined, place: 'path' | 'query'): unknown[] {
  if (schema === undefined) return []
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input' })
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }))
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): unknown {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io })
  return rest
}
