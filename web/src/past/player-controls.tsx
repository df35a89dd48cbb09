import type { ReactElement, ReactNode } from 'react'

import { Choice } from '../elements/choice.tsx'
import { PauseIcon, PlayIcon } from '../elements/icon.tsx'
import { say, type PastMessageKey } from '../messages/past.ts'
import { speeds, type Speed } from './player.ts'

/** Steps by a second and a minute, plays, and chooses how fast. */
export function PlayerControls(props: {
  readonly isGoing: boolean
  readonly speed: Speed
  /** Whether there is anything to play. */
  readonly canPlay: boolean
  readonly onStep: (bySeconds: number) => void
  readonly onToggle: () => void
  readonly onSpeed: (speed: Speed) => void
}): ReactElement {
  const { isGoing, speed, canPlay, onStep, onToggle, onSpeed } = props
  const playText = say(isGoing ? 'past.pause' : 'past.play')
  return (
    <>
      <div className="time-steps">
        <Step name="past.back60" keys="⇧B" onClick={() => onStep(-60)}>
          −1 {say('unit.minute')}
        </Step>
        <Step name="past.back1" keys="b" onClick={() => onStep(-1)}>
          −1 {say('unit.second')}
        </Step>
        <button
          type="button"
          className="control"
          aria-label={playText}
          title={`${playText} (p)`}
          disabled={!canPlay}
          onClick={onToggle}
        >
          {isGoing ? <PauseIcon /> : <PlayIcon />}
        </button>
        <Step name="past.forth1" keys="n" onClick={() => onStep(1)} isDisabled={!canPlay}>
          +1 {say('unit.second')}
        </Step>
        <Step name="past.forth60" keys="⇧N" onClick={() => onStep(60)} isDisabled={!canPlay}>
          +1 {say('unit.minute')}
        </Step>
      </div>
      <Choice
        label={say('past.speed')}
        value={String(speed)}
        options={speeds.map((times) => ({
          value: String(times),
          text: say('past.speedOf', { times }),
        }))}
        onChoose={(text) => {
          const chosen = speeds.find((times) => String(times) === text)
          if (chosen) onSpeed(chosen)
        }}
      />
    </>
  )
}

function Step(props: {
  readonly name: PastMessageKey
  readonly keys: string
  readonly isDisabled?: boolean
  readonly onClick: () => void
  readonly children: ReactNode
}): ReactElement {
  const { name, keys, isDisabled = false, onClick, children } = props
  return (
    <button
      type="button"
      className="control"
      aria-label={say(name)}
      title={`${say(name)} (${keys})`}
      disabled={isDisabled}
      onClick={onClick}
    >
      {children}
    </button>
  )
}
