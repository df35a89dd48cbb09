import { ToggleGroup } from 'radix-ui'
import type { ReactElement } from 'react'

/** One of a few, side by side; arrow keys move between them. */
export function Choice<Value extends string>(props: {
  readonly label: string
  readonly value: Value | undefined
  readonly options: readonly { readonly value: Value; readonly text: string }[]
  readonly onChoose: (value: Value) => void
}): ReactElement {
  const { label, value, options, onChoose } = props
  return (
    <ToggleGroup.Root
      type="single"
      className="choice"
      aria-label={label}
      value={value ?? ''}
      onValueChange={(text) => {
        const option = options.find((candidate) => candidate.value === text)
        if (option) onChoose(option.value)
      }}
    >
      {options.map((option) => (
        <ToggleGroup.Item key={option.value} value={option.value}>
          {option.text}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  )
}
