import type { ReactElement, ReactNode } from 'react'

function Icon({ children }: { readonly children: ReactNode }): ReactElement {
  return (
    <svg
      viewBox="0 0 16 16"
      width="16"
      height="16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      className="flex-none"
    >
      {children}
    </svg>
  )
}

/** The mark of the product: a mast with its crow's nest. */
export function LogoIcon(): ReactElement {
  return (
    <Icon>
      <path d="M8 1.5v13M4 5.5h8l-1 4H5zM2.5 14.5h11" />
    </Icon>
  )
}

/** Stacked boxes. */
export function ContainersIcon(): ReactElement {
  return (
    <Icon>
      <path d="M2 9h5v5H2zM9 9h5v5H9zM5.5 2h5v5h-5z" />
    </Icon>
  )
}

/** One box. */
export function ContainerIcon(): ReactElement {
  return (
    <Icon>
      <path d="M2 4.5 8 1.5l6 3v7l-6 3-6-3zM2 4.5l6 3 6-3M8 7.5v7" />
    </Icon>
  )
}

/** A signal that goes out. */
export function AgentsIcon(): ReactElement {
  return (
    <Icon>
      <path d="M8 8v6.5M5 14.5h6M5.2 10.8a4 4 0 1 1 5.6 0M3.2 12.8a6.8 6.8 0 1 1 9.6 0" />
      <circle cx="8" cy="8" r="1" />
    </Icon>
  )
}

/** Lines of a text. */
export function LogsIcon(): ReactElement {
  return (
    <Icon>
      <path d="M2 3.5h12M2 8h8M2 12.5h10" />
    </Icon>
  )
}

/** Marks on a line of time. */
export function EventsIcon(): ReactElement {
  return (
    <Icon>
      <path d="M1.5 11h13M4 11V7M8 11V2.5M12 11V5.5M8 13.5v.01" />
    </Icon>
  )
}

/** A curve over its axes. */
export function MetricsIcon(): ReactElement {
  return (
    <Icon>
      <path d="M2 2v12h12M4.5 10.5l3-4 2.5 2 3.5-5" />
    </Icon>
  )
}

/** A list with a column beside it. */
export function FacetsIcon(): ReactElement {
  return (
    <Icon>
      <path d="M2 2.5h12v11H2zM6 2.5v11M9 6h3M9 10h3" />
    </Icon>
  )
}

/** A line that goes on below. */
export function WrapIcon(): ReactElement {
  return (
    <Icon>
      <path d="M2 4h12M2 8h9.5a2.5 2.5 0 0 1 0 5H8M10 11l-2 2 2 2M2 13h2.5" />
    </Icon>
  )
}

/** A lens. */
export function SearchIcon(): ReactElement {
  return (
    <Icon>
      <circle cx="7" cy="7" r="4.5" />
      <path d="m10.5 10.5 3.5 3.5" />
    </Icon>
  )
}

/** Two bars. */
export function PauseIcon(): ReactElement {
  return (
    <Icon>
      <path d="M5.5 3.5v9M10.5 3.5v9" />
    </Icon>
  )
}

/** A triangle. */
export function PlayIcon(): ReactElement {
  return (
    <Icon>
      <path d="M5 3v10l7.5-5z" />
    </Icon>
  )
}

/** An arrow to the left. */
export function BackIcon(): ReactElement {
  return (
    <Icon>
      <path d="M13.5 8h-11M6.5 3.5 2 8l4.5 4.5" />
    </Icon>
  )
}

/** A cross. */
export function CrossIcon(): ReactElement {
  return (
    <Icon>
      <path d="m4 4 8 8M12 4l-8 8" />
    </Icon>
  )
}

/** Two sheets. */
export function CopyIcon(): ReactElement {
  return (
    <Icon>
      <path d="M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3" />
    </Icon>
  )
}

/** Tiles of several sizes. */
export function DashboardsIcon(): ReactElement {
  return (
    <Icon>
      <path d="M2 2.5h5v6H2zM9.5 2.5H14v3H9.5zM9.5 8H14v5.5H9.5zM2 11h5v2.5H2z" />
    </Icon>
  )
}

/** Corners that move apart. */
export function FillIcon(): ReactElement {
  return (
    <Icon>
      <path d="M9.5 2.5h4v4M6.5 13.5h-4v-4M13.5 2.5l-4 4M2.5 13.5l4-4" />
    </Icon>
  )
}

/** Corners that come together. */
export function UnfillIcon(): ReactElement {
  return (
    <Icon>
      <path d="M9.5 2.5v4h4M6.5 13.5v-4h-4M9.5 6.5l4-4M6.5 9.5l-4 4" />
    </Icon>
  )
}

/** A screen. */
export function ScreenIcon(): ReactElement {
  return (
    <Icon>
      <path d="M2 3h12v8.5H2zM5.5 14h5" />
    </Icon>
  )
}

/** A sign that opens downwards. */
export function ChevronIcon(): ReactElement {
  return (
    <Icon>
      <path d="m4 6 4 4 4-4" />
    </Icon>
  )
}

/** A key. */
export function KeyIcon(): ReactElement {
  return (
    <Icon>
      <circle cx="5" cy="11" r="3" />
      <path d="m7.2 8.8 6.3-6.3M11 5l2 2M9 7l1.5 1.5" />
    </Icon>
  )
}

/** A head above its shoulders. */
export function PersonIcon(): ReactElement {
  return (
    <Icon>
      <circle cx="8" cy="5.5" r="2.75" />
      <path d="M2.75 14a5.25 5.25 0 0 1 10.5 0" />
    </Icon>
  )
}

/** A sheet of a calendar. */
export function CalendarIcon(): ReactElement {
  return (
    <Icon>
      <path d="M2.5 3.5h11v10h-11zM2.5 6.5h11M5.5 2v3M10.5 2v3" />
    </Icon>
  )
}

/** A sign that points to the left. */
export function EarlierIcon(): ReactElement {
  return (
    <Icon>
      <path d="m10 4-4 4 4 4" />
    </Icon>
  )
}

/** A sign that points to the right. */
export function LaterIcon(): ReactElement {
  return (
    <Icon>
      <path d="m6 4 4 4-4 4" />
    </Icon>
  )
}

/** A mark in a book. */
export function BookmarkIcon(): ReactElement {
  return (
    <Icon>
      <path d="M4 2.5h8v11l-4-3-4 3z" />
    </Icon>
  )
}

/** A thing to set going. */
export function ActionIcon(): ReactElement {
  return (
    <Icon>
      <path d="M9 1.5 3.5 9H8l-1 5.5L12.5 7H8z" />
    </Icon>
  )
}

/** A machine. */
export function HostIcon(): ReactElement {
  return (
    <Icon>
      <path d="M2 3h12v4H2zM2 9h12v4H2zM4.5 5h.01M4.5 11h.01" />
    </Icon>
  )
}

/** A clock that runs backwards. */
export function PastIcon(): ReactElement {
  return (
    <Icon>
      <path d="M3 4.5A6 6 0 1 1 2 8M3 1.5v3h3M8 4.5V8l2.5 1.5" />
    </Icon>
  )
}
