import type { CheckStatus } from '../../model/service-check.ts'
import { fromByteText, quote } from './byte-text.ts'
import type { FaultReason, MessageFault, ServiceCheckMessage } from './message.ts'
import { parseUnixTime } from './parse-unix-time.ts'
import { lastReadable, lastText, readCommonFields, type ReadOptions } from './read-fields.ts'

/**
 * A service check, `_sc|name|status|fields`, from the text of its bytes. A field that cannot be read is passed over.
 * @see https://docs.datadoghq.com/developers/dogstatsd/datagram_shell/?tab=servicechecks
 */
export function parseServiceCheck(
  line: string,
  options: ReadOptions,
): ServiceCheckMessage | MessageFault {
  const [prefix, name, rawStatus, ...fields] = line.split('|')
  if (prefix !== '_sc' || name === undefined)
    return fault('header-malformed', line, 'does not begin with _sc|')
  if (name === '') return fault('name-missing', line, 'has no name')
  const status = readStatus(rawStatus)
  if (status === undefined)
    return fault('status-unknown', line, 'has a status that is none of 0, 1, 2, 3')
  const message = lastText(fields, 'm:')
  return {
    kind: 'service-check',
    name: fromByteText(name),
    status,
    timestampS: lastReadable(fields, 'd:', parseUnixTime),
    host: lastText(fields, 'h:'),
    message: message === undefined ? undefined : unescapeText(message),
    ...readCommonFields(fields, options),
  }
}

/** Clients write a line end as `\n`, and `m:` as `m\:`. The Datadog Agent leaves both as they are. */
function unescapeText(message: string): string {
  return message.replaceAll(String.raw`\n`, '\n').replaceAll(String.raw`m\:`, 'm:')
}

function readStatus(text: string | undefined): CheckStatus | undefined {
  const statuses: readonly CheckStatus[] = [0, 1, 2, 3]
  return statuses.find((status) => String(status) === text)
}

function fault(reason: FaultReason, line: string, what: string): MessageFault {
  const sentence = `Service check ${quote(line)} ${what}`
  return { kind: 'fault', of: 'service-check', reason, sentence }
}
