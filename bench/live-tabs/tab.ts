import { Agent, get } from 'node:http'
import { text } from 'node:stream/consumers'

/** What one tab asks while it shows the live table, besides the stream: the path, and how often. */
const alsoAsked = [{ path: happeningsOfTheHour, everyMs: 15_000 }] as const

/** A tab that shows the live table, as far as the server can tell: it reads the stream and asks what the page asks. */
export class Tab {
  readonly #url: string
  readonly #connections = new Agent({ keepAlive: true, maxSockets: 2 })
  readonly #timers: NodeJS.Timeout[] = []
  #bytes = 0
  #isOpen = false

  constructor(url: string) {
    this.#url = url
  }

  /** Resolves when the snapshot has begun to come. */
  async open(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const asked = get(`${this.#url}/api/live`, { agent: this.#connections }, (answer) => {
        if (answer.statusCode !== 200) {
          reject(new Error(`GET /api/live was answered ${answer.statusCode}`))
          return
        }
        this.#isOpen = true
        answer.on('data', (bytes: Buffer) => {
          this.#bytes += bytes.length
          resolve()
        })
        answer.once('close', () => {
          this.#isOpen = false
        })
      })
      asked.once('error', reject)
    })
    for (const { path, everyMs } of alsoAsked) {
      this.#timers.push(setInterval(() => void this.#ask(path(Date.now())), everyMs))
    }
  }

  /** Bytes of the stream that have come. */
  get bytes(): number {
    return this.#bytes
  }

  /** Whether the stream goes on. */
  get isOpen(): boolean {
    return this.#isOpen
  }

  close(): void {
    for (const timer of this.#timers) clearInterval(timer)
    this.#connections.destroy()
  }

  async #ask(path: string): Promise<void> {
    const answer = await new Promise<string>((resolve, reject) => {
      get(`${this.#url}${path}`, { agent: this.#connections }, (response) => {
        text(response).then(resolve, reject)
      }).once('error', reject)
    })
    if (answer.startsWith('{"errors"')) throw new Error(`GET ${path} was answered ${answer}`)
  }
}

function happeningsOfTheHour(nowMs: number): string {
  const toS = Math.floor(nowMs / 15_000) * 15
  return `/api/happenings/counts?from=${toS - 3600}&to=${toS}`
}
