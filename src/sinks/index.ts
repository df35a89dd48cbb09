import console from './console/sink.ts'
import server from './server/sink.ts'

/** Every sink, by the name used in the configuration. One line per folder, sorted. */
export const sinks = { console, server } as const
