import { isDigit, isLetter, shortText, sign, skipColours } from './bytes.ts'
import { statusLevel } from '../../../../wire/logs/status-level.ts'

/** Marks of Redis. @see https://github.com/redis/redis/blob/unstable/src/server.c "serverLogRaw" */
const redisLevels: Readonly<Record<string, string>> = {
  '.': 'debug',
  '-': 'info',
  '*': 'notice',
  '#': 'warn',
}

/**
 * Level of a line whose first bytes are of a shape that says it: `<3>` of syslog and systemd, `E0102 15:04:05` of klog,
 * `1:M 02 Jan 2006 15:04:05.000 # ` of Redis; 0 for all others.
 */
export function levelOfShape(bytes: Uint8Array, start: number, end: number): number {
  const at = skipColours(bytes, start, end)
  const first = bytes[at] ?? 0
  if (first === sign.less) return syslogLevel(bytes, at, end)
  const second = bytes[at + 1] ?? 0
  if (isLetter(first) && isDigit(second)) return klogLevel(bytes, at, end)
  if (isDigit(first) && (second === sign.colon || isDigit(second)))
    return redisLevel(bytes, at, end)
  return 0
}

/** Facility times eight and the level. @see RFC 5424, 6.2.1 */
function syslogLevel(bytes: Uint8Array, at: number, end: number): number {
  const text = shortText(bytes, at, Math.min(end, at + 5))
  const priority = /^<(\d{1,3})>/.exec(text)?.[1]
  return priority === undefined || Number(priority) > 191 ? 0 : statusLevel(Number(priority) % 8)
}

/** @see https://github.com/kubernetes/klog/blob/main/klog.go "formatHeader" */
function klogLevel(bytes: Uint8Array, at: number, end: number): number {
  const text = shortText(bytes, at, Math.min(end, at + 14))
  const letter = /^([IWEF])\d{4} \d\d:\d\d:\d\d/.exec(text)?.[1]
  return statusLevel(letter)
}

function redisLevel(bytes: Uint8Array, at: number, end: number): number {
  let to = at
  while (isDigit(bytes[to] ?? 0)) to += 1
  if (bytes[to] !== sign.colon) return 0
  const text = shortText(bytes, to, Math.min(end, to + 32))
  const mark = /^:[XCSM] \d\d \w{3} \d{4} \d\d:\d\d:\d\d\.\d{3} ([-.*#]) /.exec(text)?.[1]
  return statusLevel(mark && redisLevels[mark])
}
