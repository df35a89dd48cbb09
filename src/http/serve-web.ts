import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { createGzip } from 'node:zlib'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { PeopleGate } from './gate.ts'
import { HttpError } from './http-error.ts'

/** Where the built page lies and who may see what is in it. */
export interface WebOptions {
  /** The build's folder, with `index.html` and `assets/`. */
  readonly folder: string | undefined
  readonly gate: PeopleGate
}

/**
 * Serves the built page: files as they are, `index.html` for every other page address. Files under `assets/` carry a
 * hash in their name and may be kept for ever. Without a build, `/` says how to make one. They hold no data: where people have
 * to sign in, anyone gets them, since the page to sign in is among them.
 */
export async function serveWeb(app: FastifyInstance, options: WebOptions): Promise<void> {
  const { folder } = options
  const isBuilt = folder !== undefined && existsSync(join(folder, 'index.html'))
  if (isBuilt) await serveFiles(app, folder, options.gate)
  app.setNotFoundHandler(async (request, reply) => {
    if (!isPageAddress(request)) throw notFound(request)
    await admitToPage(request, options.gate)
    if (!isBuilt)
      throw new HttpError(
        404,
        'Cannot show the page: it is not built; run `npm run build` and start again',
      )
    return reply.header('cache-control', 'no-cache').sendFile('index.html', { cacheControl: false })
  })
}

async function serveFiles(app: FastifyInstance, folder: string, gate: PeopleGate): Promise<void> {
  await app.register(async (files) => {
    files.addHook('onRequest', (request) => admitToPage(request, gate))
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

async function admitToPage(request: FastifyRequest, gate: PeopleGate): Promise<void> {
  if (gate.isOpen()) await gate.admit(request)
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
