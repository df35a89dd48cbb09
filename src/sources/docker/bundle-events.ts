import type { EngineEvent } from '../../docker/parse-event.ts'
import type { Event } from '../../model/event.ts'

/** Newest events kept between two runs; older ones are left out and counted. */
export const maxBundledEvents = 1000

/**
 * Puts the engine's events of one run together: one of ours for each image, with all that its containers did.
 * @param tagsOf Tags of a container by id; empty when it is no longer known.
 * @see docs/reference/events.md for title, text and severity
 */
export function bundleEvents(
  events: readonly EngineEvent[],
  { host, tagsOf }: { host: string; tagsOf: (containerId: string) => readonly string[] },
): readonly Event[] {
  const byImage = Map.groupBy(events, ({ image }) => image)
  return [...byImage].map(([image, ofImage]) => bundleImage(image, ofImage, { host, tagsOf }))
}

function bundleImage(
  image: string,
  events: readonly EngineEvent[],
  { host, tagsOf }: { host: string; tagsOf: (containerId: string) => readonly string[] },
): Event {
  const counts = new Map<string, number>()
  for (const { action } of events) counts.set(action, (counts.get(action) ?? 0) + 1)
  const summary = [...counts].map(([action, count]) => `${count} ${action}`).join(' ')
  const lines = events.map(
    ({ action, containerName }) => `${action.toUpperCase()}\t${containerName}`,
  )
  const newestNanos = events.reduce(
    (newest, { timeNanos }) => (timeNanos > newest ? timeNanos : newest),
    0n,
  )
  const tags = new Set(events.flatMap(({ containerId }) => tagsOf(containerId)))
  return {
    kind: 'event',
    title: `${image} ${summary} on ${host}`,
    text: `%%%\n${image} ${summary} on ${host}\n\`\`\`\n${lines.join('\n')}\n\`\`\`\n%%%`,
    timeMs: Number(newestNanos / 1_000_000n),
    alertType: counts.has('oom') || counts.has('kill') ? 'error' : 'info',
    priority: 'normal',
    aggregationKey: `docker:${image}`,
    source: 'docker',
    host,
    tags: [...tags],
  }
}
