import type { Command } from '../command.ts'
import { addHost } from './add-host.ts'
import { agent } from './agent.ts'
import { audit } from './audit.ts'
import { backup } from './backup.ts'
import { check } from './check.ts'
import { config } from './config.ts'
import { dogstatsdCapture } from './dogstatsd-capture.ts'
import { dogstatsdReplay } from './dogstatsd-replay.ts'
import { dogstatsdStats } from './dogstatsd-stats.ts'
import { importCommand } from './import.ts'
import { key } from './key.ts'
import { logs } from './logs.ts'
import { restore } from './restore.ts'
import { runs } from './runs.ts'
import { secret } from './secret.ts'
import { server } from './server.ts'
import { stats } from './stats.ts'
import { status } from './status.ts'
import { store } from './store.ts'
import { token } from './token.ts'
import { up } from './up.ts'
import { user } from './user.ts'
import { version } from './version.ts'

/** Every command, in the order `vigie --help` lists them. A new one is a file beside this one and a line here. */
export const commands: readonly Command[] = [
  up,
  agent,
  server,
  status,
  check,
  stats,
  logs,
  runs,
  addHost,
  key,
  user,
  token,
  audit,
  backup,
  restore,
  store,
  dogstatsdStats,
  dogstatsdCapture,
  dogstatsdReplay,
  config,
  secret,
  importCommand,
  version,
]
