import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** What the server of a test is like. */
export interface ClickHouseHttpOptions {
  /** Users and their passwords; one `vigie` with `secret` unless told otherwise. */
  readonly users?: Readonly<Record<string, string>>
  /** Rights of all users, as `GRANT` takes them; everything unless told otherwise. */
  readonly grants?: readonly string[]
  /** Roles that it has, as `<roles>…</roles>` of a file for users; then `grants` may name them. */
  readonly roles?: string
  /** What it says of its version, in place of the truth. */
  readonly version?: string
  /** A cluster of this name, whose only host it is. There is no Keeper: what needs one is left out, once it was parsed. */
  readonly cluster?: string
  /** It speaks TLS with this key and certificate, PEM. */
  readonly tls?: { readonly key: string; readonly cert: string }
}

/** A ClickHouse behind HTTP: the engine of chDB in a process of its own. */
export interface ClickHouseHttp extends AsyncDisposable {
  readonly url: string
  readonly user: string
  readonly password: string
  /** The statements that came since the last call, in their order. */
  readonly takeStatements: () => Promise<readonly string[]>
  /** Ends the process at once, as a crash would. */
  readonly kill: () => Promise<void>
}

/** Starts it on a folder of its own; ended and removed at the end of its block. */
export async function openClickHouseHttp(
  options: ClickHouseHttpOptions = {},
): Promise<ClickHouseHttp> {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-clickhouse-'))
  const users = options.users ?? { vigie: 'secret' }
  const script = join(import.meta.dirname, 'clickhouse-http-process.ts')
  const settings = JSON.stringify({ ...options, users, folder })
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  child.stdin.write(`${settings}\n`)
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const port = (await lines.next()).value
  if (port === undefined) throw new Error('the engine behind HTTP did not start')
  const scheme = options.tls === undefined ? 'http' : 'https'
  const [[user, password] = ['', '']] = Object.entries(users)
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL')
    await exited
  }
  return {
    url: `${scheme}://127.0.0.1:${port}`,
    user,
    password,
    takeStatements: async () => {
      child.stdin.write('statements\n')
      // The process answers with one line of JSON, a list of texts.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      return JSON.parse((await lines.next()).value ?? '[]') as readonly string[]
    },
    kill,
    [Symbol.asyncDispose]: async () => {
      await kill()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
