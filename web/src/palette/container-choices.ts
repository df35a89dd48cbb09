import { isRunning, type LiveRow } from '../data/live-row.ts'
import { stateWord } from '../elements/container-state.ts'
import { ContainerIcon } from '../elements/icon.tsx'
import { say } from '../messages/palette.ts'
import { roughDurationText } from '../units/duration.ts'
import { makeChoice, type Choice } from './choice.ts'

/** The containers: running ones first, by name. Found by name, image, service, project, host, and the start of their id. */
export function containerChoices(options: {
  readonly rows: Iterable<LiveRow>
  readonly nowMs: number
  /** Whether there are several hosts, so that each has to say on which it is. */
  readonly hasHosts: boolean
  readonly goTo: (path: string, search?: Readonly<Record<string, string>>) => void
}): readonly Choice[] {
  const { rows, nowMs, hasHosts, goTo } = options
  return [...rows].toSorted(byRunningAndName).map(({ container }) => {
    const { id, name, shortImage, image, host, service, project, startedAt } = container
    const isUp = isRunning(container) && startedAt !== null
    const path = `/containers/${id}`
    return makeChoice({
      id: `container:${name}@${host}`,
      section: 'containers',
      text: name,
      detail: [
        shortImage,
        ...(hasHosts ? [say('palette.on', { host })] : []),
        ...(isUp ? [say('palette.upFor', { age: roughDurationText(nowMs - startedAt) })] : []),
      ].join(' · '),
      alsoFoundBy: [image, host, service ?? '', project ?? ''],
      idDigits: id,
      icon: ContainerIcon,
      state: stateWord(container),
      run: () => goTo(path),
      runLogs: () => goTo(path, { tab: 'logs' }),
    })
  })
}

function byRunningAndName(left: LiveRow, right: LiveRow): number {
  const [leftUp, rightUp] = [isRunning(left.container), isRunning(right.container)]
  if (leftUp !== rightUp) return leftUp ? -1 : 1
  return left.container.name < right.container.name ? -1 : 1
}
