import type { IncomingHttpHeaders } from 'node:http'
import type { HttpRoute } from '../http/route.ts'
import { decodeContainers } from '../wire/datadog-process/decode-containers.ts'
import { encodeAnswer } from '../wire/datadog-process/encode-answer.ts'
import {
  messageTypes,
  readMessage,
  type ProcessMessage,
} from '../wire/datadog-process/message-frame.ts'
import { ContainerLists } from './container-lists.ts'
import { defineIntakeRoute } from './define-intake-route.ts'
import type { Intake } from './intake.ts'
import { normaliseHost, normaliseTags } from './normalise.ts'
import { storeContainers } from './store-containers.ts'

const paths = ['/api/v1/container', '/api/v1/collector'] as const

/** By which messages are counted of which nothing is kept. */
const unkeptNames: Readonly<Record<number, string>> = {
  [messageTypes.process]: 'processes',
  [messageTypes.realTime]: 'processes_real_time',
  [messageTypes.container]: 'containers_old_zstd',
  [messageTypes.containerRealTime]: 'containers_real_time',
}

/**
 * `POST /api/v1/container` and `/api/v1/collector`: which containers the host of a Datadog Agent has. Processes, which come
 * along on the second, are left aside and counted; the figures come as series.
 */
export function processRoutes(intake: Intake): HttpRoute[] {
  const lists = new ContainerLists()
  return paths.map((path) =>
    defineIntakeRoute(intake, {
      path,
      mediaTypes: 'any',
      answer: encodeAnswer(),
      accept: async (body, _mediaType, { headers }) => {
        const message = readMessage(body)
        await takeMessage({ intake, lists }, message, timeOf(headers, intake.clock()))
      },
    }),
  )
}

async function takeMessage(
  { intake, lists }: { readonly intake: Intake; readonly lists: ContainerLists },
  message: ProcessMessage,
  timeMs: number,
): Promise<void> {
  const { type, format } = message
  const told = decodeContainers(message)
  if (told === undefined || type === messageTypes.process) {
    const name = format === 'unreadable' ? 'containers_old_zstd' : unkeptNames[type]
    intake.counts.add(`unkept.${name ?? 'process_messages'}`, 1)
  }
  const host = normaliseHost(told?.host ?? '')
  // An agent that could not list its containers says that there are none, and one that has none says nothing.
  const saysNothing = told === undefined || (told.containers.length === 0 && told.groupSize <= 1)
  if (saysNothing || host === '') return
  const named = { ...told, host }
  const inventory = lists.take(named, timeMs, () => intake.live.idsOf(host, 'datadog'))
  intake.counts.add('containers_dropped.id', told.containers.length - inventory.containers.length)
  const containers = inventory.containers.map((one) => ({ ...one, tags: normaliseTags(one.tags) }))
  const isTaken = intake.live.applyInventory({ ...inventory, containers }, 'datadog')
  intake.counts.add(isTaken ? 'inventories' : 'inventories_dropped.too_many_hosts', 1)
  await storeContainers(intake, host)
}

/** When the agent looked, by its own clock, as long as that is not ahead of ours: messages may come late, and not in order. */
function timeOf(headers: IncomingHttpHeaders, nowMs: number): number {
  const given = Number(headers['x-dd-agent-timestamp'] ?? Number.NaN) * 1000
  return given > 0 && given < nowMs ? given : nowMs
}
