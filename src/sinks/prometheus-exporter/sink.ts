import { z } from 'zod'
import { isLoopback, listenAddress } from '../../component/listen-address.ts'
import { secret } from '../../component/secret.ts'
import { defineSink, type SinkContext } from '../../component/sink.ts'
import { drain } from '../drain.ts'
import { BoardView } from './board-view.ts'
import { createLabelPrinter } from './container-labels.ts'
import { scrape } from './scrape.ts'
import { openScrapeServer } from './scrape-server.ts'

const shortestToken = 16

const config = z.strictObject({
  listen: listenAddress.prefault('127.0.0.1:8128').meta({
    description: 'Address at which `/metrics` is served. Port 0 takes any free port.',
  }),
  bearer_token: secret(shortestToken).optional().meta({
    description:
      'What a scraper has to send as `Authorization: Bearer`; without it, whoever reaches the address may read.',
  }),
  labels: z.array(z.string()).default(['*']).meta({
    description:
      'Labels of containers that become `container_label_…` on each of their metrics; `*` for all, an empty list for none.',
  }),
  max_containers: z.int().min(1).max(10_000).default(2000).meta({
    description: 'Containers on the page; the newest beyond that are left out.',
  }),
})

export default defineSink({
  name: 'prometheus-exporter',
  about: 'Serves /metrics for Prometheus: containers under the names of cAdvisor, and the agent',
  isEnabledByDefault: false,
  config,
  async run(options, input, context) {
    const view = new BoardView(context.board, context.readings)
    const server = await openServer(options, context, view).catch((error: unknown) => {
      view.close()
      throw error
    })
    try {
      // What comes is not what is shown: the page has the kernel's own counters.
      await drain(input)
    } finally {
      await server.close()
      view.close()
    }
  },
})

async function openServer(
  options: z.output<typeof config>,
  { telemetry, environment, clock }: SinkContext,
  view: BoardView,
): ReturnType<typeof openScrapeServer> {
  const { listen, bearer_token: bearerToken } = options
  const scraped = {
    view,
    telemetry,
    clock,
    version: environment.version,
    maxContainers: options.max_containers,
    printLabels: createLabelPrinter(options.labels),
  }
  const server = await openScrapeServer({
    listen,
    bearerToken,
    scrape: (format) => scrape(scraped, format),
  })
  telemetry.log.info(`Metrics for Prometheus are at ${server.url}`)
  if (!isLoopback(listen) && bearerToken === undefined)
    telemetry.log.warn(
      `Whoever reaches ${server.url} reads names and labels of containers there; set vigie.sinks.prometheus_exporter.bearer_token, or let a firewall keep strangers away`,
    )
  return server
}
