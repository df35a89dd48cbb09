import type { ReactElement } from 'react'

/** A button of a toolbar that is on or off. */
export function Toggle(props: {
  readonly text: string
  readonly isOn: boolean
  readonly icon: ReactElement
  readonly onToggle: () => void
}): ReactElement {
  const { text, isOn, icon, onToggle } = props
  return (
    <button
      type="button"
      className="control px-2 aria-pressed:bg-raised aria-pressed:text-ink"
      aria-pressed={isOn}
      aria-label={text}
      title={text}
      onClick={onToggle}
    >
      {icon}
    </button>
  )
}
