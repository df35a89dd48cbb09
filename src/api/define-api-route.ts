import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { HttpError } from '../http/http-error.ts'
import type { Person, Role } from '../model/person.ts'
import type { ReadBody } from '../http/read-body.ts'
import type { HttpRoute } from '../http/route.ts'

/** What can come in with a request: `params` of the path, `query` of the address, `body` as JSON. */
export type InputShape = { readonly [Part in 'params' | 'query' | 'body']?: z.ZodType }

/** A route for people, with what its documentation is made of. */
export interface ApiRoute {
  readonly method: 'GET' | 'POST'
  /** As OpenAPI writes it: `/api/containers/{id}`. */
  readonly path: string
  readonly audience: 'people' | 'anyone'
  /** The least role of people who may ask; `viewer` when absent. */
  readonly needs?: Role | undefined
  /** One sentence or two. */
  readonly about: string
  readonly input: z.ZodObject<InputShape>
  /** Absent for a stream or a page. */
  readonly answer?: z.ZodType | undefined
  /** Of the answer. */
  readonly mediaType: string
  readonly handle: HttpRoute['handle']
}

/** What makes a route: its documentation, its schemas, and the function that answers. */
export type ApiRouteOptions<Shape extends InputShape, Answer extends z.ZodType | undefined> =
  | PeopleRouteOptions<Shape, Answer>
  | OpenRouteOptions<Shape, Answer>

interface CommonOptions<Shape extends InputShape, Answer extends z.ZodType | undefined> {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly about: string
  readonly input: z.ZodObject<Shape>
  readonly answer?: Answer
  /** JSON when absent. */
  readonly mediaType?: string
  /** Reads the bytes of the body; needed where `input` has one. */
  readonly readBody?: ReadBody
}

interface PeopleRouteOptions<
  Shape extends InputShape,
  Answer extends z.ZodType | undefined,
> extends CommonOptions<Shape, Answer> {
  readonly audience?: 'people'
  /** The least role of people who may ask; `viewer` when absent. */
  readonly needs?: Role
  readonly handle: (
    input: z.output<z.ZodObject<Shape>>,
    reply: FastifyReply,
    person: Person,
  ) => Promise<AnswerOf<Answer>>
}

interface OpenRouteOptions<
  Shape extends InputShape,
  Answer extends z.ZodType | undefined,
> extends CommonOptions<Shape, Answer> {
  readonly audience: 'anyone'
  readonly handle: (
    input: z.output<z.ZodObject<Shape>>,
    reply: FastifyReply,
  ) => Promise<AnswerOf<Answer>>
}

type AnswerOf<Answer> = Answer extends z.ZodType ? z.input<Answer> : unknown

/** The input of a route that takes none. */
export const noInput = z.object({})

/** Makes a route that checks what comes in against its schemas; a fault of theirs is a 400 that names the place. */
export function defineApiRoute<
  Shape extends InputShape,
  Answer extends z.ZodType | undefined = undefined,
>(options: ApiRouteOptions<Shape, Answer>): ApiRoute {
  const { method, path, about, input, answer, readBody } = options
  return {
    method,
    path,
    audience: options.audience ?? 'people',
    needs: options.audience === 'anyone' ? undefined : options.needs,
    about,
    input,
    answer,
    mediaType: options.mediaType ?? 'application/json',
    handle: async (request, reply, person) => {
      const { params, query } = request
      const body = readBody === undefined ? undefined : await readJson(request, readBody)
      const given = check(input, { params, query, body })
      if (options.audience === 'anyone') return options.handle(given, reply)
      if (person === undefined) throw new Error(`${path} was asked by nobody`)
      return options.handle(given, reply, person)
    },
  }
}

/** The route as the HTTP server takes it. */
export function toHttpRoute(route: ApiRoute): HttpRoute {
  const { method, audience, needs, handle } = route
  const path = route.path.replaceAll(/\{(\w+)\}/g, ':$1')
  const isStream = route.mediaType === 'text/event-stream'
  return { method, path, audience, handle, isStream, ...(needs !== undefined && { needs }) }
}

function check<Schema extends z.ZodType>(schema: Schema, given: unknown): z.output<Schema> {
  const result = schema.safeParse(given)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  const seen = (issue?.message ?? 'it does not fit').replace(/^Invalid (input|option): /, '')
  throw new HttpError(
    400,
    `Cannot read the request: ${z.core.toDotPath(issue?.path ?? [])}: ${seen}`,
  )
}

async function readJson(request: FastifyRequest, readBody: ReadBody): Promise<unknown> {
  const header = request.headers['content-type'] ?? ''
  if (header.split(';', 1)[0]?.trim().toLowerCase() !== 'application/json') {
    throw new HttpError(
      415,
      `Cannot read the body: its Content-Type is "${header.slice(0, 100)}"; application/json can be read`,
    )
  }
  const bytes = await readBody(request.raw)
  try {
    return JSON.parse(bytes.toString())
  } catch (error) {
    const seen = error instanceof Error ? error.message : String(error)
    throw new HttpError(400, `Cannot read the body: not JSON: ${seen}`)
  }
}
