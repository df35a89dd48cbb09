const steps = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const
const noFigure = '-'

/** `212 MiB`, `3.1 GiB`, in at most eight cells; `-` without a figure. */
export function bytesText(bytes: number | null | undefined): string {
  if (bytes === undefined || bytes === null) return noFigure
  let value = bytes
  let step = 0
  while (value >= 999.5 && step < steps.length - 1) {
    value /= 1024
    step += 1
  }
  const isWhole = step === 0 || value >= 99.95
  return `${isWhole ? Math.round(value) : value.toFixed(1)} ${steps[step]}`
}

/** `12.3%`; `-` without a figure. */
export function percentText(percent: number | undefined): string {
  if (percent === undefined) return noFigure
  return `${percent >= 999.5 ? Math.round(percent) : percent.toFixed(1)}%`
}

/** A span in its two largest units and at most seven cells: `45s`, `12m 03s`, `4h 12m`, `3d 4h`. */
export function spanText(spanMs: number): string {
  const seconds = Math.max(0, Math.floor(spanMs / 1000))
  const [days, hours, minutes] = [86_400, 3600, 60].map((unit) => Math.floor(seconds / unit))
  if (days !== undefined && days >= 100) return `${days}d`
  if (days) return `${days}d ${(hours ?? 0) % 24}h`
  if (hours) return `${hours}h ${twoDigits((minutes ?? 0) % 60)}m`
  if (minutes) return `${minutes}m ${twoDigits(seconds % 60)}s`
  return `${seconds}s`
}

/** The time of the day here, `14:02:11`. */
export function clockText(timeMs: number): string {
  const date = new Date(timeMs)
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(':')
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}
