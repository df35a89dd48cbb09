import {
  memo,
  useCallback,
  useLayoutEffect,
  useMemo,
  useRef,
  useSyncExternalStore,
  type ReactElement,
  type ReactNode,
} from 'react'

import type { ContainerRow } from '../../../../src/api/contract/containers.ts'
import { sparkSize } from '../../charts/spark.ts'
import type { LiveRow } from '../../data/live-row.ts'
import { useLive, usePaint } from '../../data/live.ts'
import { Badge } from '../../elements/badge.tsx'
import { stateWord } from '../../elements/container-state.ts'
import { say } from '../../messages/message.ts'
import { useContainerAddress } from '../../past/use-moment.ts'
import { memoryQuantity, quantityText, shortPercentQuantity } from '../../units/quantity.ts'
import type { Column, ColumnId } from './columns.ts'
import { createRowPainter, type RowPainter } from './row-painter.ts'

/** One container in the table. React draws what the container is; what it does is painted each second. */
export const Row = memo(function Row(props: {
  readonly row: LiveRow
  readonly top: number
  /** Its place in the whole table, from 1, for who does not see it. */
  readonly index: number
  readonly isChosen: boolean
  readonly columns: readonly Column[]
  /** On a phone: two lines of what says most. */
  readonly isCompact: boolean
  readonly hasHosts: boolean
}): ReactElement {
  const { row, top, index, isChosen, columns, isCompact, hasHosts } = props
  const { store } = useLive()
  const element = useRef<HTMLDivElement>(null)
  const container = useSyncExternalStore(store.onRows, () => row.container)
  const cells = useMemo(
    () =>
      isCompact ? (
        <CompactCells container={container} hasHosts={hasHosts} />
      ) : (
        <Cells container={container} columns={columns} />
      ),
    [container, columns, isCompact, hasHosts],
  )
  const painter = useRef<RowPainter>(undefined)
  useLayoutEffect(() => {
    painter.current = element.current ? createRowPainter(element.current) : undefined
  }, [cells])
  usePaint(useCallback(() => painter.current?.(row, store.nowMs()), [row, store, cells]))
  return (
    <div
      ref={element}
      role="row"
      className="fleet-row"
      data-id={container.id}
      data-chosen={isChosen || undefined}
      aria-rowindex={index}
      style={{ top }}
    >
      {cells}
    </div>
  )
})

function Cells(props: {
  readonly container: ContainerRow
  readonly columns: readonly Column[]
}): ReactElement {
  return (
    <>
      {props.columns.map(({ id }) => {
        const Cell = cells[id]
        return <Cell key={id} container={props.container} />
      })}
    </>
  )
}

function CompactCells(props: {
  readonly container: ContainerRow
  readonly hasHosts: boolean
}): ReactElement {
  const { container, hasHosts } = props
  return (
    <>
      <NameCell container={container}>
        {hasHosts && <span className="text-faint"> {container.host}</span>}
      </NameCell>
      <StateCell container={container} />
      <CpuCell container={container} />
      <MemoryCell container={container} />
    </>
  )
}

type Cell = (props: { readonly container: ContainerRow }) => ReactElement

const cells: Readonly<Record<ColumnId, Cell>> = {
  state: StateCell,
  name: NameCell,
  image: ImageCell,
  service: ServiceCell,
  host: ({ container: { host } }) => (
    <div role="cell" className="cell text-soft" title={host}>
      {host}
    </div>
  ),
  cpu: CpuCell,
  memory: MemoryCell,
  netRcvd: () => <RateCell name="netRcvd" />,
  netSent: () => <RateCell name="netSent" />,
  ioRead: () => <RateCell name="ioRead" />,
  ioWritten: () => <RateCell name="ioWritten" />,
  threads: () => (
    <div role="cell" className="cell cell-number">
      <span data-figure="threads" />
    </div>
  ),
  restarts: ({ container: { restarts } }) => (
    <div role="cell" className="cell cell-number">
      <span data-is={restarts === 0 ? 'zero' : 'some'}>{restarts}</span>
    </div>
  ),
  uptime: () => (
    <div role="cell" className="cell cell-number text-soft">
      <span data-figure="uptime" />
    </div>
  ),
}

function StateCell({ container }: { readonly container: ContainerRow }): ReactElement {
  return (
    <div role="cell" className="cell cell-state">
      <Badge {...stateWord(container)} />
      <span className="badge" data-tone="unknown" data-figure="age" />
    </div>
  )
}

function NameCell(props: {
  readonly container: ContainerRow
  readonly children?: ReactNode
}): ReactElement {
  const { container, children } = props
  return (
    <div role="cell" className="cell cell-name" title={container.name}>
      <a href={useContainerAddress(container.id)}>{container.name}</a>
      {children}
    </div>
  )
}

function ImageCell(props: { readonly container: ContainerRow }): ReactElement {
  const { image, shortImage } = props.container
  // `registry:5000/team/web:1.2@sha256:…`: the tag is what follows the short name, without the digest.
  const [, tag] = /[^/]*?(:[^/@]+)(?:@|$)/.exec(image.slice(image.lastIndexOf('/') + 1)) ?? []
  return (
    <div role="cell" className="cell text-soft" title={image}>
      {shortImage}
      {!shortImage.includes(':') && <span className="text-faint">{tag}</span>}
    </div>
  )
}

function ServiceCell(props: { readonly container: ContainerRow }): ReactElement {
  const { service, project } = props.container
  const parts = [project, service].filter((part) => part !== null)
  return (
    <div role="cell" className="cell text-soft" title={parts.join(' / ')}>
      {project !== null && (
        <span className="text-faint">{service === null ? project : `${project} / `}</span>
      )}
      {service}
    </div>
  )
}

function CpuCell({ container }: { readonly container: ContainerRow }): ReactElement {
  return <GaugeCell name="cpu" unit={say('unit.percent')} limit={cpuLimitText(container)} />
}

function MemoryCell({ container }: { readonly container: ContainerRow }): ReactElement {
  return <GaugeCell name="memory" unit={say('unit.mebibyte')} limit={memoryLimitText(container)} />
}

function GaugeCell(props: {
  readonly name: 'cpu' | 'memory'
  readonly unit: string
  readonly limit: string | undefined
}): ReactElement {
  const { name, unit, limit } = props
  return (
    <div role="cell" className={`cell cell-gauge cell-${name}`} data-title={say(`column.${name}`)}>
      <Spark name={name} />
      <span className="cell-number">
        <span data-figure={name} />
        <Unit text={unit} />
      </span>
      <span className="cell-limit">{limit && say('table.of', { limit })}</span>
      {limit !== undefined && (
        <div className="meter" data-meter={name} aria-hidden="true">
          <span />
        </div>
      )}
    </div>
  )
}

/**
 * Painted by the row's painter. SVG and not canvas, as a canvas is a layer of its own: with sixty of them a frame of the
 * table took the browser 16 ms instead of 11.
 */
function Spark({ name }: { readonly name: string }): ReactElement {
  return (
    <svg data-spark={name} {...sparkSize} aria-hidden="true">
      <path className="spark-area" />
      <path className="spark-line" />
    </svg>
  )
}

function RateCell({ name }: { readonly name: string }): ReactElement {
  return (
    <div role="cell" className="cell cell-number">
      <span data-figure={name} />
      <Unit text={say('unit.kibibyte') + say('unit.perSecond')} />
    </div>
  )
}

function Unit({ text }: { readonly text: string }): ReactElement {
  return <span className="unit">{`\u00a0${text}`}</span>
}

function cpuLimitText({ cpuLimitCores }: ContainerRow): string | undefined {
  return cpuLimitCores === null
    ? undefined
    : quantityText(shortPercentQuantity(cpuLimitCores * 100))
}

function memoryLimitText({ memoryLimitBytes }: ContainerRow): string | undefined {
  return memoryLimitBytes === null ? undefined : quantityText(memoryQuantity(memoryLimitBytes))
}
