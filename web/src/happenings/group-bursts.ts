import type { HappeningRow } from '../../../src/api/contract/happenings.ts'
import { containerKey, isEnd, isStart } from './life-steps.ts'

/** What one container, one image, one check or one sender did in a short time. */
export interface Burst {
  readonly kind: 'burst'
  /** The id of its oldest row: the same as long as nothing older is added. */
  readonly key: string
  /** Two or more, the newest first. */
  readonly rows: readonly HappeningRow[]
}

/** A line of the list: a row, or several that belong together. */
export type Entry = { readonly kind: 'one'; readonly row: HappeningRow } | Burst

/** What comes so soon after another of the same belongs to it. */
const burstGapMs = 10_000
/** A container that is restarted again and again waits up to a minute each time. */
const loopGapMs = 90_000
/** So many containers of one image that go through the same together are one line. */
const fewestOfImage = 3
const hourMs = 3_600_000

/** Rows of one subject that follow each other closely; places in the list that is grouped. */
interface Session {
  readonly subject: string
  /** Places, the oldest row's first. */
  readonly places: number[]
  readonly firstMs: number
  lastMs: number
  hasStart: boolean
  hasEnd: boolean
  hasRestart: boolean
}

/**
 * Puts rows together that belong together. Takes them newest first and keeps that order: a burst stands where its newest row
 * stood, its rows among themselves as before. It follows from the rows alone, so that what comes in at the top or is loaded
 * below changes no other burst. No burst goes beyond a whole hour: a loop that lasts days stays readable.
 */
export function groupBursts(rows: readonly HappeningRow[]): readonly Entry[] {
  const groups = joinImages(findSessions(rows), rows).map((places) => places.toReversed())
  return groups
    .toSorted(([one = 0], [other = 0]) => one - other)
    .flatMap((places) => toEntry(places.flatMap((place) => rows[place] ?? [])))
}

function toEntry(rows: readonly HappeningRow[]): readonly Entry[] {
  const [row] = rows
  const oldest = rows.at(-1)
  if (row === undefined || oldest === undefined) return []
  return rows.length === 1 ? [{ kind: 'one', row }] : [{ kind: 'burst', key: oldest.id, rows }]
}

function findSessions(rows: readonly HappeningRow[]): readonly Session[] {
  const sessions: Session[] = []
  const open = new Map<string, Session>()
  for (let place = rows.length - 1; place >= 0; place -= 1) {
    const row = rows[place]
    if (row === undefined) continue
    const subject = subjectOf(row)
    let session = open.get(subject)
    if (session === undefined || !belongs(row, session)) {
      session = begin(subject, row)
      open.set(subject, session)
      sessions.push(session)
    }
    add(session, row, place)
  }
  return sessions
}

/** What rows are put together by. Checks that flap are of one name; what programs send, of one title. */
function subjectOf(row: HappeningRow): string {
  const { kind, actor, host, title } = row
  return containerKey(row) ?? [kind, actor, host, kind === 'check' ? '' : title].join('\n')
}

function belongs(row: HappeningRow, session: Session): boolean {
  const gapMs = isLoop(row, session) ? loopGapMs : burstGapMs
  return row.timeMs - session.lastMs <= gapMs && hourOf(row.timeMs) === hourOf(session.firstMs)
}

/** Nothing ends twice without a start in between, told or not. */
function isLoop(row: HappeningRow, { hasStart, hasEnd, hasRestart }: Session): boolean {
  return hasRestart || (hasEnd && isEnd(row)) || (hasStart && isStart(row))
}

function begin(subject: string, { timeMs }: HappeningRow): Session {
  const none = { hasStart: false, hasEnd: false, hasRestart: false }
  return { subject, places: [], firstMs: timeMs, lastMs: timeMs, ...none }
}

function add(session: Session, row: HappeningRow, place: number): void {
  const [starts, ends] = [isStart(row), isEnd(row)]
  session.hasRestart ||=
    (ends && session.hasEnd) || (starts && (session.hasEnd || session.hasStart))
  session.hasStart ||= starts
  session.hasEnd ||= ends
  session.lastMs = Math.max(session.lastMs, row.timeMs)
  session.places.push(place)
}

/** Makes one of what several containers of an image went through alike: a loop that makes a new container each time. */
function joinImages(
  sessions: readonly Session[],
  rows: readonly HappeningRow[],
): readonly (readonly number[])[] {
  const joined: Session[][] = []
  const open = new Map<string, { readonly group: Session[]; lastMs: number; firstMs: number }>()
  for (const session of sessions) {
    const life = lifeOf(session, rows)
    const before = life === undefined ? undefined : open.get(life)
    const isNear =
      before !== undefined &&
      session.firstMs - before.lastMs <= burstGapMs &&
      hourOf(session.firstMs) === hourOf(before.firstMs)
    if (isNear) {
      before.group.push(session)
      before.lastMs = Math.max(before.lastMs, session.lastMs)
      continue
    }
    const group = [session]
    joined.push(group)
    if (life !== undefined) open.set(life, { group, ...session })
  }
  return joined.flatMap((group) => {
    const containers = new Set(group.map(({ subject }) => subject))
    if (containers.size < fewestOfImage) return group.map(({ places }) => places)
    return [group.flatMap(({ places }) => places).toSorted((one, other) => other - one)]
  })
}

/** The image of a container that ended, and what it went through; `undefined` for what cannot be such a loop. */
function lifeOf({ places, hasEnd }: Session, rows: readonly HappeningRow[]): string | undefined {
  const own = places.flatMap((place) => rows[place] ?? [])
  const [row] = own
  const image = row?.container?.image ?? ''
  if (!hasEnd || row === undefined || image === '') return undefined
  const steps = new Set(own.map(({ kind, action, exitCode }) => `${kind} ${action} ${exitCode}`))
  return [row.host, image, ...[...steps].toSorted()].join('\n')
}

function hourOf(timeMs: number): number {
  return Math.floor(timeMs / hourMs)
}
