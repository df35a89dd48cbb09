import { Server as SecureServer } from 'node:https'
import fastify, { type FastifyInstance } from 'fastify'
import type { Log } from '../telemetry/log.ts'
import { checkOrigin } from './check-origin.ts'
import { checkRole } from './check-role.ts'
import { answerBadAddress, answerBrokenRequest, answerErrors } from './error-answer.ts'
import type { PeopleGate } from './gate.ts'
import { HttpError } from './http-error.ts'
import { tellListenFault, tellOpen } from './listen-error.ts'
import { defaultHttpLimits, type HttpLimits } from './limits.ts'
import { bareHost, isLoopback } from './loopback.ts'
import type { HttpRoute } from './route.ts'
import { addSecurityHeaders } from './security-headers.ts'
import { serveWeb } from './serve-web.ts'
import { followTlsFiles, type FollowedTls, type TlsFiles } from './tls-files.ts'
import { createProxyTrust } from './trusted-proxies.ts'
import { watchStream } from './watch-stream.ts'

/** Everything the HTTP side of the server is made of. */
export interface HttpOptions {
  /** A name or address to listen on; port 0 takes any free one. */
  readonly host: string
  readonly port: number
  /** Lets people in; one that is open will not do for an address that other machines reach. */
  readonly gate: PeopleGate
  /** Absent: plain HTTP. */
  readonly tls?: TlsFiles | undefined
  /** Addresses and CIDR ranges of proxies whose `X-Forwarded-For`, `-Proto` and `-Host` count. */
  readonly trustedProxies?: readonly string[] | undefined
  /** What people type, where a proxy in front of us tells another `Host`. */
  readonly publicUrl?: string | undefined
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
  /** `http://127.0.0.1:8127`, `https://…` with TLS. */
  readonly url: string
  /** Takes no new requests, ends live streams, lets the others finish for at most `closeMs`. */
  readonly close: () => Promise<void>
}

/** How often the files of the certificate are looked at. */
const tlsEveryMs = 5000

/**
 * Opens the server.
 * @throws {ListenError} When the address is taken, not ours, not allowed, or open to other machines while nobody has to sign in.
 * @throws {TlsFileError} When TLS cannot be spoken with the files.
 */
export async function startHttp(options: HttpOptions): Promise<HttpServer> {
  const { host, port, gate, tls: files, log } = options
  if (gate.isOpen() && !isLoopback(host)) throw tellOpen(host, port)
  const tls = files === undefined ? undefined : await followTlsFiles(files, log)
  const app = await buildHttp(options, tls)
  const stopFollowing = tls === undefined ? () => {} : follow(tls, app)
  try {
    // `localhost` alone would open one server for each of its addresses.
    await app.listen({ host: bareHost(host) === 'localhost' ? '127.0.0.1' : bareHost(host), port })
  } catch (cause) {
    stopFollowing()
    await app.close()
    throw tellListenFault(cause, `${host}:${port}`)
  }
  return {
    url: urlOf(host, app, tls === undefined ? 'http' : 'https'),
    close() {
      stopFollowing()
      return closeHttp(app, options)
    },
  }
}

/** The server without a socket: what `startHttp` listens with and tests inject into. */
export async function buildHttp(options: HttpOptions, tls?: FollowedTls): Promise<FastifyInstance> {
  const limits = { ...defaultHttpLimits, ...options.limits }
  const app = createApp(options, limits, tls)
  app.server.maxConnections = limits.connections
  // Routes read their own bodies, with their own limits.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, _payload, done) => done(null))
  addSecurityHeaders(app)
  refuseOldVersions(app)
  answerErrors(app, options.log)
  await serveWeb(app, { folder: options.webFolder, gate: options.gate })
  for (const route of options.routes) addRoute(app, route, options)
  await app.ready()
  return app
}

/** A line without a version is HTTP/0.9, which nobody speaks any more. */
function refuseOldVersions(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ raw }) => {
    if (raw.httpVersionMajor >= 1) return
    throw new HttpError(400, 'Cannot read the request: it names no version of HTTP; use HTTP/1.1')
  })
}

function createApp(
  { trustedProxies }: HttpOptions,
  limits: HttpLimits,
  tls: FollowedTls | undefined,
): FastifyInstance {
  const serverOptions = {
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.requestTimeoutMs,
    connectionsCheckingInterval: Math.min(1000, limits.requestTimeoutMs),
  }
  const options = {
    logger: false,
    requestTimeout: limits.requestTimeoutMs,
    connectionTimeout: limits.idleTimeoutMs,
    clientErrorHandler: answerBrokenRequest,
    frameworkErrors: answerBadAddress,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200 },
    ...(trustedProxies !== undefined &&
      trustedProxies.length > 0 && { trustProxy: createProxyTrust(trustedProxies) }),
  }
  if (tls === undefined) return fastify({ ...options, http: serverOptions })
  const https = { ...serverOptions, ...tls.first, handshakeTimeout: limits.requestTimeoutMs }
  const secure: unknown = fastify({ ...options, https })
  // The type names the kind of server; nothing here depends on it but its secure context.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as said above
  return secure as FastifyInstance
}

/** Puts a new certificate in force as it comes; connections that are open keep theirs. */
function follow(tls: FollowedTls, app: FastifyInstance): () => void {
  async function renew(): Promise<void> {
    const pair = await tls.next()
    if (pair !== undefined && app.server instanceof SecureServer) app.server.setSecureContext(pair)
  }
  const timer = setInterval(() => void renew(), tlsEveryMs)
  timer.unref()
  return () => clearInterval(timer)
}

function addRoute(app: FastifyInstance, route: HttpRoute, options: HttpOptions): void {
  const { gate, publicUrl } = options
  const { streamCheckMs: everyMs } = { ...defaultHttpLimits, ...options.limits }
  app.route({
    method: route.method,
    url: route.path,
    exposeHeadRoute: route.method === 'GET' && route.isStream !== true,
    handler: async (request, reply) => {
      if (route.audience === 'agents') return route.handle(request, reply)
      checkOrigin(request, publicUrl)
      if (route.audience === 'anyone') return route.handle(request, reply)
      const person = await gate.admit(request)
      checkRole(person, route.needs ?? 'viewer')
      if (route.isStream === true) watchStream(request, reply, { gate, person, everyMs })
      return route.handle(request, reply, person)
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

function urlOf(host: string, app: FastifyInstance, scheme: 'http' | 'https'): string {
  const address = app.server.address()
  const port = typeof address === 'object' ? address?.port : address
  const name = bareHost(host)
  return `${scheme}://${name.includes(':') ? `[${name}]` : name}:${port}`
}
