const binary = { base: 1024, digits: 4, units: ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] }
const decimal = { base: 1000, digits: 3, units: ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] }

/**
 * Bytes of memory as `docker stats` writes them: `212.4MiB`.
 * @see https://pkg.go.dev/github.com/docker/go-units#BytesSize
 */
export function memorySize(bytes: number): string {
  return scale(bytes, binary)
}

/**
 * Bytes that went over network or to disks as `docker stats` writes them: `1.23kB`.
 * @see https://pkg.go.dev/github.com/docker/go-units#HumanSizeWithPrecision
 */
export function trafficSize(bytes: number): string {
  return scale(bytes, decimal)
}

function scale(bytes: number, { base, digits, units }: typeof binary): string {
  let value = bytes
  let step = 0
  while (value >= base && step < units.length - 1) {
    value /= base
    step += 1
  }
  return `${Number(value.toPrecision(digits))}${units[step]}`
}
