import { z } from 'zod'
import { durationWithin } from '../../component/duration.ts'

const actions = z.array(z.string().min(1))

/**
 * Options of the source `docker`: our own, and those of Datadog's `docker.d/conf.yaml` under their own names.
 * @see docs/reference/configuration.md
 */
export const optionsSchema = z.strictObject({
  interval: durationWithin('1s', '1h')
    .prefault('1s')
    .describe('Time between two readings of every container.'),
  slow_interval: durationWithin('1s', '1h')
    .prefault('15s')
    .describe(
      'Time between two points of what changes seldom or repeats others: limits, open files, all `container.*`.',
    ),
  tags: actions.default([]).describe('Tags put on everything from this source.'),
  collect_events: z.boolean().default(true).describe("Whether the engine's events are told."),
  unbundle_events: z
    .boolean()
    .default(false)
    .describe('Whether each action of `collected_event_types` becomes an event of its own.'),
  collected_event_types: actions
    .default(['oom', 'kill'])
    .describe('Actions told one by one, with `unbundle_events`.'),
  bundle_unspecified_events: z
    .boolean()
    .default(false)
    .describe('Whether all other actions are then still told, bundled.'),
  filtered_event_types: actions
    .default(['top', 'exec_create', 'exec_start', 'exec_die'])
    .describe('Actions left out of bundles.'),
  collect_container_size: z
    .boolean()
    .default(false)
    .describe('Whether the engine is asked for the size of containers on disk: costly for it.'),
  collect_container_size_frequency: z
    .int()
    .min(1)
    .max(100_000)
    .default(5)
    .describe('Every how many rounds of `engine_interval` sizes are asked for.'),
  collect_image_size: z
    .boolean()
    .default(false)
    .describe('Whether the size of each image is told.'),
  collect_disk_stats: z
    .boolean()
    .default(false)
    .describe('Whether the space of a devicemapper pool is told.'),
  collect_volume_count: z.boolean().default(false).describe('Whether volumes are counted.'),
  collect_exit_codes: z
    .boolean()
    .default(false)
    .describe('Whether the service check `docker.exit` is sent when a container ends.'),
  ok_exit_codes: z
    .array(z.int().min(0).max(255))
    .default([0, 143])
    .describe('Exit codes that are no fault.'),
  collect_container_count: z
    .boolean()
    .default(false)
    .describe("Whether Agent 5's `docker.container.count` is sent, by state."),
  capped_metrics: z
    .record(z.string(), z.number().positive())
    .default({})
    .describe('Rates that cannot be true: a point of `<metric>` at or above this is left out.'),
  engine_interval: durationWithin('1s', '1h')
    .prefault('15s')
    .describe(
      'Time between two rounds of questions to the engine about images, volumes and disks.',
    ),
  stats_interval: durationWithin('1s', '1h')
    .prefault('10s')
    .describe(
      "Time between two questions for a container's figures where its cgroup cannot be read.",
    ),
})

export type DockerOptions = z.output<typeof optionsSchema>
