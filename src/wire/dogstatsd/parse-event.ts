import type { AlertType } from '../../model/event.ts'
import { fromByteText, quote } from './byte-text.ts'
import type { EventMessage, FaultReason, MessageFault } from './message.ts'
import { parseUnixTime } from './parse-unix-time.ts'
import { lastReadable, lastText, readCommonFields, type ReadOptions } from './read-fields.ts'

const header = /^_e\{(\d+),(\d+)\}:/

/**
 * An event, `_e{<title bytes>,<text bytes>}:title|text|fields`, from the text of its bytes. A field that cannot be read is
 * passed over.
 * @see https://docs.datadoghq.com/developers/dogstatsd/datagram_shell/?tab=events
 */
export function parseEvent(line: string, options: ReadOptions): EventMessage | MessageFault {
  const match = header.exec(line)
  if (match === null)
    return fault('header-malformed', line, 'does not begin with _e{<title bytes>,<text bytes>}:')
  const titleBytes = Number(match[1])
  const textBytes = Number(match[2])
  if (titleBytes === 0) return fault('title-empty', line, 'has no title')

  const body = line.slice(match[0].length)
  const textFrom = titleBytes + 1
  const textTo = textFrom + textBytes
  if (body.length < textTo) {
    const seen = `${body.length} bytes behind its header, which tells ${textTo}`
    return fault('body-short', line, `has ${seen}`)
  }
  const fields = body.slice(textTo).split('|')
  return {
    kind: 'event',
    title: unescapeText(body.slice(0, titleBytes)),
    text: unescapeText(body.slice(textFrom, textTo)),
    priority: lastReadable(fields, 'p:', readPriority) ?? 'normal',
    alertType: lastReadable(fields, 't:', readAlertType) ?? 'info',
    timestampS: lastReadable(fields, 'd:', parseUnixTime),
    host: lastText(fields, 'h:'),
    aggregationKey: lastText(fields, 'k:'),
    sourceType: lastText(fields, 's:'),
    ...readCommonFields(fields, options),
  }
}

/** The two characters `\n` stand for a line end, which cannot be part of a line. */
function unescapeText(byteText: string): string {
  return fromByteText(byteText).replaceAll(String.raw`\n`, '\n')
}

function readPriority(text: string): EventMessage['priority'] | undefined {
  return text === 'normal' || text === 'low' ? text : undefined
}

function readAlertType(text: string): AlertType | undefined {
  return text === 'error' || text === 'warning' || text === 'info' || text === 'success'
    ? text
    : undefined
}

function fault(reason: FaultReason, line: string, what: string): MessageFault {
  return { kind: 'fault', of: 'event', reason, sentence: `Event ${quote(line)} ${what}` }
}
