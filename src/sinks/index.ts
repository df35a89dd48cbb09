import console from './console/sink.ts'
import datadog from './datadog/sink.ts'
import otlp from './otlp/sink.ts'
import prometheusExporter from './prometheus-exporter/sink.ts'
import remoteWrite from './remote-write/sink.ts'
import server from './server/sink.ts'

/** Every sink, by the name used in the configuration. One line per folder, sorted. */
export const sinks = {
  console,
  datadog,
  otlp,
  'prometheus-exporter': prometheusExporter,
  'remote-write': remoteWrite,
  server,
} as const
