import { readFile } from 'node:fs/promises'
import { startVigie, type Vigie } from '../flow/vigie-process.ts'
import { findIntakeRoutes, findPeopleRoutes } from './find-routes.ts'
import type { HostileRequest, Target } from './hostile-request.ts'
import { sendHostile, type Sent } from './send-hostile.ts'

/** What an answer may take. */
const withinMs = 1000
/** A machine that does other things too may be slow once, not three times. */
const tries = 3

/** Connections that the server without accounts takes. */
export const fewConnections = 100

/** Two servers: one with an access token, and one that lets in everybody on this machine. */
export class HostileServers implements AsyncDisposable {
  readonly closed: Vigie
  readonly open: Vigie
  readonly target: Target
  readonly #urls: { readonly closed: string; readonly open: string }
  #sent = 0

  private constructor(
    servers: { readonly closed: Vigie; readonly open: Vigie },
    urls: { readonly closed: string; readonly open: string },
    target: Target,
  ) {
    this.closed = servers.closed
    this.open = servers.open
    this.#urls = urls
    this.target = target
  }

  /** Starts both, and has each do what an ordinary day asks of it. */
  static async start(): Promise<HostileServers> {
    const token = 'open-sesame-0123456789'
    const [closed, open] = await Promise.all([
      startVigie(['server'], { env: { VIGIE_ACCESS_TOKEN: token } }),
      startVigie(['server'], { env: { VIGIE_LIMITS_CONNECTIONS: String(fewConnections) } }),
    ])
    const urls = { closed: await closed.url(), open: await open.url() }
    const people = await findPeopleRoutes(urls.closed, token)
    const target = { key: await closed.key(), token, intake: findIntakeRoutes(), people }
    const servers = new HostileServers({ closed, open }, urls, target)
    await askOrdinary(urls.closed, target)
    await askOrdinary(urls.open, { ...target, key: await open.key() })
    return servers
  }

  /** Asks for both once more what an ordinary day asks; throws when one of them does not answer. */
  async askOrdinary(): Promise<void> {
    await askOrdinary(this.#urls.closed, this.target)
    await askOrdinary(this.#urls.open, { ...this.target, key: await this.open.key() })
  }

  portOf(which: 'closed' | 'open'): number {
    return Number(new URL(this.#urls[which]).port)
  }

  /** Sends it; a sentence for an outcome that is not right, one that comes late, or a server that is not well afterwards. */
  async assess(hostile: HostileRequest): Promise<string | undefined> {
    const fault = await this.#findFault(hostile)
    const health = await this.health(hostile.server ?? 'closed')
    if (fault === undefined && health === 200) return undefined
    return `${hostile.name.slice(0, 200)}: ${fault ?? 'as it should be'}; health is ${health}`
  }

  async health(which: 'closed' | 'open'): Promise<number> {
    const answer = await fetch(`${this.#urls[which]}/api/health`)
    await answer.arrayBuffer()
    return answer.status
  }

  /** Resident memory of both, in MiB. */
  async residentMiB(): Promise<{ readonly closed: number; readonly open: number }> {
    return { closed: await residentMiB(this.closed), open: await residentMiB(this.open) }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.closed[Symbol.asyncDispose]()
    await this.open[Symbol.asyncDispose]()
  }

  async #findFault(hostile: HostileRequest): Promise<string | undefined> {
    const bytes = hostile.bytes()
    let sent: Sent | undefined
    try {
      for (let n = 0; n < tries && (sent === undefined || sent.tookMs > withinMs); n++) {
        sent = await this.#send(hostile, bytes)
      }
    } catch (error) {
      return String(error)
    }
    return sent && findFault(hostile, sent)
  }

  /** Each comes from an address of its own, so that none has to wait for what another has tried. */
  #send(hostile: HostileRequest, bytes: Buffer): Promise<Sent> {
    this.#sent += 1
    const from = `127.1.${(this.#sent >> 7) & 0x7f}.${(this.#sent & 0x7f) + 1}`
    return sendHostile(bytes, {
      port: this.portOf(hostile.server ?? 'closed'),
      from,
      withinMs: 10_000,
    })
  }
}

function findFault(hostile: HostileRequest, { outcomes, tookMs, text }: Sent): string | undefined {
  const { outcomes: wanted, answers = 1 } = hostile
  const isRight = outcomes.every((outcome) =>
    wanted === undefined
      ? outcome === 'cut' || (outcome >= 400 && outcome < 500)
      : wanted.includes(outcome),
  )
  if (!isRight || outcomes.length < answers) {
    return `${[...new Set(outcomes)].join(', ')} (${outcomes.length}) ${text.slice(-200)}`
  }
  return tookMs > withinMs ? `${Math.round(tookMs)} ms` : undefined
}

async function residentMiB({ process: { pid } }: Vigie): Promise<number> {
  const [, kibibytes] = /^VmRSS:\s+(\d+)/m.exec(await readFile(`/proc/${pid}/status`, 'utf8')) ?? []
  return Math.round(Number(kibibytes) / 1024)
}

/** Figures, a log, and a question of each kind. */
async function askOrdinary(url: string, { key, token }: Target): Promise<void> {
  const json = { 'content-type': 'application/json' }
  const nowS = Math.floor(Date.now() / 1000)
  const series = Array.from({ length: 1000 }, (_series, at) => ({
    metric: `honest.${at}`,
    points: [[nowS, at]],
    host: 'honest',
    tags: ['a:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'],
  }))
  const logs = [{ message: 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', hostname: 'honest' }]
  await expectGood(
    `${url}/api/v1/series`,
    { ...json, 'dd-api-key': key },
    JSON.stringify({ series }),
  )
  await expectGood(`${url}/api/v2/logs`, { ...json, 'dd-api-key': key }, JSON.stringify(logs))
  const person = { authorization: `Bearer ${token}` }
  await expectGood(
    `${url}/api/sql`,
    { ...json, ...person },
    '{"query":"SELECT count() FROM metrics"}',
  )
  for (const question of [
    '/api/logs?query=a',
    '/api/logs/histogram?query=/a{2}/',
    '/api/events?from=0&to=1',
    '/api/metrics',
    `/api/v1/query?from=${nowS - 60}&to=${nowS}&query=avg:honest.1{*}`,
    '/prometheus/api/v1/query?query=honest_1',
    '/api/containers?state=all',
    '/api/agents',
  ])
    await expectGood(url + question, person)
}

async function expectGood(
  url: string,
  headers: Readonly<Record<string, string>>,
  body?: string,
): Promise<void> {
  const answer = await fetch(url, { headers, ...(body !== undefined && { method: 'POST', body }) })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${text}`)
}
