import type { ReactElement, ReactNode } from 'react'

import type { ContainerDetail, ContainerRow } from '../../../../src/api/contract/containers.ts'
import { isRunning } from '../../data/live-row.ts'
import { useBeat, useLive } from '../../data/live.ts'
import { CopyButton } from '../../elements/copy-button.tsx'
import { say, sayCount } from '../../messages/container.ts'
import { dateTimeText } from '../../units/clock.ts'
import { durationText } from '../../units/duration.ts'
import { bytesText } from '../../units/scaled-bytes.ts'

/** What the container is, in one glance: image, id, start, limits, ports, networks. */
export function Facts(props: {
  readonly container: ContainerRow
  readonly detail: ContainerDetail | undefined
}): ReactElement {
  const { container, detail } = props
  const { id, image, host, project, service, restarts, exitCode } = container
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-2.5 px-3.5 py-3 sm:px-5">
      <Fact label={say('container.image')}>{image}</Fact>
      <Fact label={say('container.id')}>
        <span className="inline-flex items-center gap-1">
          <code className="font-mono text-xs">{id.slice(0, 12)}</code>
          <CopyButton text={id} />
        </span>
      </Fact>
      {detail && <Digest imageId={detail.imageId} />}
      <Times container={container} />
      {exitCode !== null && !isRunning(container) && (
        <Fact label={say('container.exitCode')}>{exitCode}</Fact>
      )}
      <Fact label={say('container.restarts')}>{restarts}</Fact>
      <Fact label={say('container.limits')}>{limitsText(container)}</Fact>
      {detail && <Ports ports={detail.ports} />}
      {detail && <Networks detail={detail} />}
      {(project ?? service) !== null && (
        <Fact label={say('container.service')}>
          {[project, service].filter((part) => part !== null).join(' / ')}
        </Fact>
      )}
      <Fact label={say('container.host')}>{host}</Fact>
      {container.figuresFrom === 'engine' && (
        <Fact label={say('container.figures')}>{say('container.figuresFromEngine')}</Fact>
      )}
    </dl>
  )
}

/** The image itself, whatever its name points to by now. */
function Digest({ imageId }: Pick<ContainerDetail, 'imageId'>): ReactElement | null {
  if (imageId === '') return null
  return (
    <Fact label={say('container.digest')}>
      <span className="inline-flex items-center gap-1">
        <code className="font-mono text-xs" title={imageId}>
          {imageId.replace(/^sha256:/, '').slice(0, 12)}
        </code>
        <CopyButton text={imageId} />
      </span>
    </Fact>
  )
}

function Times({ container }: { readonly container: ContainerRow }): ReactElement {
  const { store } = useLive()
  useBeat(1000)
  const { createdAt, startedAt, finishedAt } = container
  const age = (sinceMs: number): string =>
    say('unit.ago', { age: durationText(store.nowMs() - sinceMs) })
  if (startedAt === null) {
    return (
      <Fact
        label={say('container.created')}
      >{`${dateTimeText(createdAt)}, ${age(createdAt)}`}</Fact>
    )
  }
  return (
    <>
      <Fact
        label={say('container.started')}
      >{`${dateTimeText(startedAt)}, ${age(startedAt)}`}</Fact>
      {!isRunning(container) && finishedAt !== null && (
        <Fact
          label={say('container.ended')}
        >{`${dateTimeText(finishedAt)}, ${age(finishedAt)}`}</Fact>
      )}
    </>
  )
}

function Ports({ ports }: Pick<ContainerDetail, 'ports'>): ReactElement {
  const texts = ports.map(({ containerPort, protocol, hostPort, hostIp }) => {
    const inside = `${containerPort}/${protocol}`
    return hostPort === null ? inside : `${hostIp ? `${hostIp}:` : ''}${hostPort} → ${inside}`
  })
  return <Fact label={say('container.ports')}>{texts.join(', ') || say('container.noPorts')}</Fact>
}

function Networks({ detail }: { readonly detail: ContainerDetail }): ReactElement {
  const texts = detail.networks.map(({ name, ipAddress }) =>
    ipAddress === null ? name : `${name} ${ipAddress}`,
  )
  return <Fact label={say('container.networks')}>{texts.join(', ') || detail.networkMode}</Fact>
}

function limitsText({ cpuLimitCores, memoryLimitBytes }: ContainerRow): string {
  const limits = [
    cpuLimitCores === null ? [] : sayCount('container.limitCores', cpuLimitCores),
    memoryLimitBytes === null ? [] : bytesText(memoryLimitBytes),
  ].flat()
  return limits.join(', ') || say('container.noLimits')
}

function Fact(props: { readonly label: string; readonly children: ReactNode }): ReactElement {
  return (
    <div className="min-w-0">
      <dt className="text-2xs text-faint">{props.label}</dt>
      <dd className="break-words">{props.children}</dd>
    </div>
  )
}
