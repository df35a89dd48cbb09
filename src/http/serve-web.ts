import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { createGzip } from 'node:zlib'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { checkAccess, type AccessRules } from './check-access.ts'
import { HttpError } from './http-error.ts'

/** Where the built page lies and who may see it. */
export interface WebOptions {
  /** The build's folder, with `index.html` and `assets/`. */
  readonly folder: string | undefined
  readonly access: AccessRules
}

/**
 * Serves the built page: files as they are, `index.html` for every other page address. Files under `assets/` carry a
 * hash in their name and may be kept for ever. Without a build, `/` says how to make one.
 */
export async function serveWeb(app: FastifyInstance, options: WebOptions): Promise<void> {
  const { folder } = options
  const isBuilt = folder !== undefined && existsSync(join(folder, 'index.html'))
  if (isBuilt) await serveFiles(app, folder, options.access)
  app.setNotFoundHandler((request, reply) => {
    if (!isPageAddress(request)) throw notFound(request)
    checkAccess(request, options.access)
    if (!isBuilt)
      throw new HttpError(
        404,
        'Cannot show the page: it is not built; run `npm run build` and start again',
      )
    return reply.header('cache-control', 'no-cache').sendFile('index.html', { cacheControl: false })
  })
}

async function serveFiles(
  app: FastifyInstance,
  folder: string,
  access: AccessRules,
): Promise<void> {
  await app.register(async (files) => {
    files.addHook('onRequest', async (request) => checkAccess(request, access))
    files.addHook('onSend', compressFile)
    await files.register(fastifyStatic, {
      root: folder,
      preCompressed: true,
      cacheControl: false,
      setHeaders: (reply, path) => {
        const isHashed = path.includes('/assets/')
        void reply.header(
          'cache-control',
          isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
        )
      },
    })
  })
}

/** Compresses text that the build has left uncompressed. */
async function compressFile(
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
): Promise<unknown> {
  const type = String(reply.getHeader('content-type') ?? '')
  void reply.header('vary', 'accept-encoding')
  if (!/^(text\/|application\/(javascript|json)|image\/svg)/.test(type)) return payload
  if (!(payload instanceof Readable) || reply.statusCode !== 200) return payload
  if (reply.hasHeader('content-encoding') || !acceptsGzip(request)) return payload
  void reply.header('content-encoding', 'gzip').removeHeader('content-length')
  return payload.pipe(createGzip())
}

function acceptsGzip(request: FastifyRequest): boolean {
  return /\bgzip\b/.test(request.headers['accept-encoding'] ?? '')
}

/** A page's address: asked for by a browser, and not of the API. */
function isPageAddress(request: FastifyRequest): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false
  if (/^\/(api|intake)(\/|$|\?)/.test(request.url)) return false
  return /^\/(\?.*)?$/.test(request.url) || (request.headers.accept ?? '').includes('text/html')
}

function notFound(request: FastifyRequest): HttpError {
  const path = request.url.split('?', 1)[0] ?? ''
  return new HttpError(
    404,
    `Cannot ${request.method} ${path.slice(0, 200)}: there is no such address; /api/docs lists all`,
  )
}
