import { readFile } from 'node:fs/promises'
import { availableParallelism, release, totalmem, type } from 'node:os'
import { join } from 'node:path'
import { arch } from 'node:process'
import type { Environment } from '../../../component/source.ts'
import type { AgentReport, HostFacts } from '../../../model/agent-report.ts'
import type { HostMetadata } from '../../../wire/datadog-metadata/encode-host-metadata.ts'
import { shownVersion } from '../agent-version.ts'
import { parseCpuinfo } from './parse-cpuinfo.ts'

/**
 * What is known of this host.
 * @param report What the agent said last; without one, this machine is asked.
 */
export async function readHost(
  environment: Environment,
  report: AgentReport | undefined,
): Promise<HostMetadata> {
  const cpuinfo = await readFile(join(environment.procRoot, 'cpuinfo'), 'utf8').catch(() => '')
  const facts = report?.hostFacts ?? askOurselves()
  const threadCount = facts.cpuCount
  const engineVersion = report?.engine?.version
  return {
    hostname: environment.hostname,
    uuid: environment.agentId,
    agentVersion: shownVersion(environment.version),
    tags: environment.hostTags,
    osName: facts.os,
    kernelRelease: facts.kernel,
    architecture: arch,
    timezone: zoneName(),
    cpu: parseCpuinfo(cpuinfo) ?? { modelName: '', coreCount: threadCount, threadCount },
    memoryBytes: facts.memoryBytes,
    ...(engineVersion !== undefined && { engineVersion }),
  }
}

function askOurselves(): Omit<HostFacts, 'cgroupVersion'> {
  return {
    cpuCount: availableParallelism(),
    memoryBytes: totalmem(),
    os: type(),
    kernel: release(),
  }
}

/** `CET`, `UTC`: as the Agent has it, not the name of a place. */
function zoneName(): string {
  const parts = new Intl.DateTimeFormat('en', { timeZoneName: 'short' }).formatToParts()
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? 'UTC'
}
