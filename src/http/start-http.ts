import fastify, { type FastifyInstance } from 'fastify'
import type { Log } from '../telemetry/log.ts'
import { checkAccess, type AccessRules } from './check-access.ts'
import { answerBadAddress, answerBrokenRequest, answerErrors } from './error-answer.ts'
import { defaultHttpLimits, type HttpLimits } from './limits.ts'
import { bareHost, isLoopback } from './loopback.ts'
import type { HttpRoute } from './route.ts'
import { addSecurityHeaders } from './security-headers.ts'
import { serveWeb } from './serve-web.ts'

/** Everything the HTTP side of the server is made of. */
export interface HttpOptions {
  /** A name or address to listen on; port 0 takes any free one. */
  readonly host: string
  readonly port: number
  /** `vigie.access_token`; needed for every address that other machines reach. */
  readonly accessToken?: string | undefined
  readonly routes: readonly HttpRoute[]
  /** The built page. */
  readonly webFolder?: string | undefined
  readonly limits?: Partial<HttpLimits>
  readonly log: Log
  /** Called first when the server closes: ends what would last for ever, such as live streams. */
  readonly onClosing?: () => void
}

/** A server that listens. */
export interface HttpServer {
  /** `http://127.0.0.1:8127` */
  readonly url: string
  /** Takes no new requests, ends live streams, lets the others finish for at most `closeMs`. */
  readonly close: () => Promise<void>
}

/** The server cannot listen; the message says what to do. */
class ListenError extends Error {
  override readonly name = 'ListenError'
  readonly code = 'LISTEN'
}

/**
 * Opens the server.
 * @throws {ListenError} When the address is taken, not ours, not allowed, or open to other machines without a token.
 */
export async function startHttp(options: HttpOptions): Promise<HttpServer> {
  const { host, port, accessToken } = options
  if (accessToken === undefined && !isLoopback(host)) {
    throw new ListenError(
      `Cannot listen on ${host}:${port}: other machines could reach it and there is no access token; ` +
        'set vigie.access_token (VIGIE_ACCESS_TOKEN) to a long random text, or listen on 127.0.0.1',
    )
  }
  const app = await buildHttp(options)
  try {
    // `localhost` alone would open one server for each of its addresses.
    await app.listen({ host: bareHost(host) === 'localhost' ? '127.0.0.1' : bareHost(host), port })
  } catch (cause) {
    await app.close()
    throw tellListenFault(cause, `${host}:${port}`)
  }
  return { url: urlOf(host, app), close: () => closeHttp(app, options) }
}

/** The server without a socket: what `startHttp` listens with and tests inject into. */
export async function buildHttp(options: HttpOptions): Promise<FastifyInstance> {
  const limits = { ...defaultHttpLimits, ...options.limits }
  const access: AccessRules = { listenHost: options.host, accessToken: options.accessToken }
  const app = fastify({
    logger: false,
    requestTimeout: limits.requestTimeoutMs,
    connectionTimeout: limits.idleTimeoutMs,
    clientErrorHandler: answerBrokenRequest,
    frameworkErrors: answerBadAddress,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200 },
    http: {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.requestTimeoutMs,
      connectionsCheckingInterval: Math.min(1000, limits.requestTimeoutMs),
    },
  })
  app.server.maxConnections = limits.connections
  // Routes read their own bodies, with their own limits.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, _payload, done) => done(null))
  addSecurityHeaders(app)
  answerErrors(app, options.log)
  await serveWeb(app, { folder: options.webFolder, access })
  for (const route of options.routes) addRoute(app, route, access)
  await app.ready()
  return app
}

function addRoute(app: FastifyInstance, route: HttpRoute, access: AccessRules): void {
  app.route({
    method: route.method,
    url: route.path,
    exposeHeadRoute: route.method === 'GET' && route.isStream !== true,
    handler: async (request, reply) => {
      if (route.audience === 'people') checkAccess(request, access)
      return route.handle(request, reply)
    },
  })
}

async function closeHttp(app: FastifyInstance, options: HttpOptions): Promise<void> {
  const { closeMs } = { ...defaultHttpLimits, ...options.limits }
  options.onClosing?.()
  const force = setTimeout(() => app.server.closeAllConnections(), closeMs)
  try {
    await app.close()
  } finally {
    clearTimeout(force)
  }
}

function urlOf(host: string, app: FastifyInstance): string {
  const address = app.server.address()
  const port = typeof address === 'object' ? address?.port : address
  const name = bareHost(host)
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`
}

function tellListenFault(cause: unknown, address: string): ListenError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  const start = `Cannot listen on ${address}:`
  switch (code) {
    case 'EADDRINUSE':
      return new ListenError(
        `${start} the port is taken; stop the other program or set VIGIE_LISTEN`,
        { cause },
      )
    case 'EACCES':
      return new ListenError(
        `${start} the port needs more rights; set VIGIE_LISTEN to a port above 1023`,
        { cause },
      )
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new ListenError(
        `${start} this machine has no such address; set VIGIE_LISTEN to one it has`,
        { cause },
      )
    default: {
      const seen = cause instanceof Error ? cause.message : String(cause)
      return new ListenError(`${start} ${seen}; set VIGIE_LISTEN to another address`, { cause })
    }
  }
}
