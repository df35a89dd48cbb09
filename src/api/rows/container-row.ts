import { shortImage } from '../../model/short-image.ts'
import type { ContainerAnswer } from '../../query/containers.ts'
import {
  figureNames,
  type ContainerDetail,
  type ContainerRow,
  type Figures,
} from '../contract/containers.ts'

/** A container as the lists and the live stream show it. */
export function toContainerRow(live: ContainerAnswer): ContainerRow {
  const { container } = live
  return {
    key: live.key,
    id: container.id,
    host: live.host,
    name: container.name,
    image: container.image,
    shortImage: shortImage(container.image),
    runtime: container.runtime,
    state: container.state,
    health: container.health,
    createdAt: container.createdAtMs,
    startedAt: container.startedAtMs ?? null,
    finishedAt: container.finishedAtMs ?? null,
    exitCode: container.exitCode ?? null,
    oomKilled: container.wasOomKilled,
    restarts: container.restartCount,
    service: firstLabel(container.labels, [
      'com.docker.compose.service',
      'com.docker.swarm.service.name',
    ]),
    project: firstLabel(container.labels, [
      'com.docker.compose.project',
      'com.docker.stack.namespace',
    ]),
    networkMode: container.networkMode,
    cpuLimitCores: container.cpuLimitCores ?? null,
    memoryLimitBytes: container.memoryLimitBytes ?? null,
    figuresFrom: container.figuresFrom ?? null,
    tags: container.tags,
    figures: toFigures(live.figures),
    figuresAt: live.figuresAtMs ?? null,
    spark: { cpu: live.cpuSpark, memory: live.memorySpark },
  }
}

/** A container with all that the engine tells of it. */
export function toContainerDetail(live: ContainerAnswer): ContainerDetail {
  const { container } = live
  return {
    ...toContainerRow(live),
    imageId: container.imageId,
    command: container.command,
    labels: container.labels,
    env: container.env,
    ports: container.ports.map((port) => ({
      containerPort: port.containerPort,
      protocol: port.protocol,
      hostPort: port.hostPort ?? null,
      hostIp: port.hostIp ?? null,
    })),
    mounts: container.mounts.map((mount) => ({
      kind: mount.kind,
      source: mount.source,
      target: mount.target,
      readOnly: mount.isReadOnly,
    })),
    networks: container.networks.map(({ name, ipAddress }) => ({
      name,
      ipAddress: ipAddress ?? null,
    })),
  }
}

function firstLabel(
  labels: Readonly<Record<string, string>>,
  names: readonly string[],
): string | null {
  for (const name of names) {
    const value = labels[name]
    if (value !== undefined) return value
  }
  return null
}

function toFigures(values: readonly (number | null)[]): Figures {
  const figures: { -readonly [Name in keyof Figures]: Figures[Name] } = {}
  for (const [index, name] of figureNames.entries()) {
    const value = values[index]
    if (value != null) figures[name] = value
  }
  return figures
}
