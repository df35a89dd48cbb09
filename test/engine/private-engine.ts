import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureBusybox } from './busybox-image.ts'
import { openEngine, type Engine } from './engine.ts'
import { openKeeper } from './keep-engine.ts'

/** How a private engine differs from the default one. */
export interface PrivateEngineOptions {
  /** A folder for everything of it, removed in the end. Default: a new temporary one. */
  readonly root?: string
  /** Further options of `dockerd`, for instance `--live-restore`. */
  readonly daemonOptions?: readonly string[]
}

/** A Docker Engine of the test's own: what is done to it reaches nobody else. */
export interface PrivateEngine extends Engine {
  /** Its unix socket; stays the same over a restart. */
  readonly socketPath: string
  /** Folder of its data, its log `dockerd.log` and its socket. */
  readonly root: string
  /** Freezes the daemon: connections are taken, nothing is answered. Containers go on. */
  freeze(): Promise<void>
  /** Lets a frozen daemon go on. */
  thaw(): Promise<void>
  /** Ends the daemon in good order: containers are stopped (unless `--live-restore`), the socket file goes. */
  shutDown(): Promise<void>
  /** Kills the daemon: containers go on, the socket file stays and refuses. */
  crash(): Promise<void>
  /** Starts the daemon again after `shutDown()` or `crash()`, with the same socket and data. */
  startAgain(): Promise<void>
  /** `shutDown()` and `startAgain()`. */
  restart(): Promise<void>
}

/**
 * Starts a Docker Engine that has nothing in common with the machine's own but its cgroups and process ids,
 * and waits until it answers and has the image `busybox`. Its bridge is not reachable from the machine's network,
 * only from its containers. Leaving its `await using`, or the end of this process, takes all of it away.
 * @throws {Error} If this is not root on Linux, or the daemon does not start; the end of its log is in the message.
 */
export async function startPrivateEngine(
  options: PrivateEngineOptions = {},
): Promise<PrivateEngine> {
  if (process.getuid?.() !== 0) {
    throw new Error(
      'Cannot start a private Docker Engine: this needs root on Linux; run the tests as root',
    )
  }
  const root = options.root ?? (await mkdtemp(join(tmpdir(), 'vigie-engine-')))
  const keeper = openKeeper(root, options.daemonOptions ?? [])
  const socketPath = join(root, 'docker.sock')
  const engine: PrivateEngine = {
    ...openEngine(`unix://${socketPath}`),
    socketPath,
    root,
    freeze: () => keeper.freeze(true),
    thaw: () => keeper.freeze(false),
    shutDown: () => keeper.end('SIGTERM'),
    crash: () => keeper.end('SIGKILL'),
    startAgain: () => keeper.start(),
    restart: async () => {
      await engine.shutDown()
      await engine.startAgain()
    },
    [Symbol.asyncDispose]: () => keeper.takeAway(),
  }
  try {
    await keeper.start()
    await ensureBusybox(engine)
    return engine
  } catch (cause) {
    await keeper.takeAway()
    throw cause
  }
}
