import { z } from 'zod'
import type {
  ContainerDetail,
  ContainerList,
  ContainerRow,
  Figures,
} from '../contract/containers.ts'

const figure = z.number().exactOptional()
const timeMs = z.number().meta({ description: 'Unix milliseconds' })
const text = z.string()
const spark = z.array(z.number().nullable()).readonly()

const figures = z
  .object({
    cpu: figure,
    cpuUser: figure,
    cpuSystem: figure,
    throttled: figure,
    memory: figure,
    memoryRss: figure,
    memoryCache: figure,
    netRcvd: figure,
    netSent: figure,
    ioRead: figure,
    ioWritten: figure,
    threads: figure,
  })
  .meta({
    description:
      'The newest figures; what could not be read is absent. CPU in % of one core, memory in bytes, rates per second.',
  }) satisfies z.ZodType<Figures>

const row = z.object({
  key: z
    .number()
    .meta({ description: 'Stands for the id in live ticks until the server restarts' }),
  id: text,
  host: text,
  name: text,
  image: text,
  shortImage: text,
  runtime: text,
  state: text.meta({
    description: 'created, running, paused, restarting, removing, exited, dead, removed',
  }),
  health: text.meta({ description: 'none, starting, healthy, unhealthy' }),
  createdAt: timeMs,
  startedAt: timeMs.nullable(),
  finishedAt: timeMs.nullable(),
  exitCode: z.number().nullable(),
  oomKilled: z.boolean(),
  restarts: z.number(),
  service: text.nullable(),
  project: text.nullable(),
  networkMode: text,
  cpuLimitCores: z.number().nullable(),
  memoryLimitBytes: z.number().nullable(),
  figuresFrom: z
    .enum(['cgroup', 'engine'])
    .nullable()
    .meta({ description: 'cgroup files each second, or answers of the engine every 10 s' }),
  tags: z.array(text).readonly(),
  figures,
  figuresAt: timeMs.nullable(),
  spark: z
    .object({ cpu: spark, memory: spark })
    .meta({ description: 'The 60 s up to figuresAt, oldest first' }),
}) satisfies z.ZodType<ContainerRow>

/** `ContainerList` of the contract. */
export const containerListSchema = z.object({
  time: timeMs,
  containers: z.array(row).readonly(),
}) satisfies z.ZodType<ContainerList>

/** `ContainerDetail` of the contract. */
export const containerDetailSchema = row.extend({
  imageId: text,
  command: text,
  labels: z.record(text, text),
  env: z
    .array(text)
    .readonly()
    .meta({ description: 'NAME=value; what looks like a secret is masked' }),
  ports: z
    .array(
      z.object({
        containerPort: z.number(),
        protocol: text,
        hostPort: z.number().nullable(),
        hostIp: text.nullable(),
      }),
    )
    .readonly(),
  mounts: z
    .array(z.object({ kind: text, source: text, target: text, readOnly: z.boolean() }))
    .readonly(),
  networks: z.array(z.object({ name: text, ipAddress: text.nullable() })).readonly(),
}) satisfies z.ZodType<ContainerDetail>
