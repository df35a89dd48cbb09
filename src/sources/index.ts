import agent from './agent/source.ts'
import docker from './docker/source.ts'
import dogstatsd from './dogstatsd/source.ts'
import host from './host/source.ts'
import logs from './logs/source.ts'

/** Every source, by the name used in the configuration. One line per folder, sorted. */
export const sources = { agent, docker, dogstatsd, host, logs } as const
