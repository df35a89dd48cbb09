import type { CommandLoaders } from '../load-commands.ts'

/** The commands of a program without a server: the agent's image has them in place of all. */
export const commands: CommandLoaders = {
  agent: async () => (await import('./agent.ts')).agent,
  status: async () => (await import('./status.ts')).status,
  health: async () => (await import('./health.ts')).health,
  check: async () => (await import('./check.ts')).check,
  stats: async () => (await import('./stats.ts')).stats,
  logs: async () => (await import('./logs.ts')).logs,
  runs: async () => (await import('./runs.ts')).runs,
  'dogstatsd-stats': async () => (await import('./dogstatsd-stats.ts')).dogstatsdStats,
  'dogstatsd-capture': async () => (await import('./dogstatsd-capture.ts')).dogstatsdCapture,
  'dogstatsd-replay': async () => (await import('./dogstatsd-replay.ts')).dogstatsdReplay,
  config: async () => (await import('./config.ts')).config,
  secret: async () => (await import('./secret.ts')).secret,
  import: async () => (await import('./import.ts')).importCommand,
  version: async () => (await import('./version.ts')).version,
}
