import type { LogConfig } from '../../../component/log-config.ts'
import type { LogOrigin } from '../../../model/log-block.ts'
import type { ByteTaker } from '../byte-taker.ts'
import { openWay, type CountedAccount, type LogTools } from '../log-tools.ts'

/** A port that is listened on, with the account of all that comes there. */
export interface Port {
  readonly tools: LogTools
  readonly config: LogConfig
  readonly counted: CountedAccount
  /** What its faults are about, and how they begin: `TCP port 10514`. */
  readonly subject: { readonly key: string; readonly name: string }
}

/**
 * Makes lines of what one sender sends, with the tag `source_host`. What a sender has begun and not finished is never mixed
 * with what another sends.
 * @throws {LogRuleError} When a rule of the configuration cannot be compiled.
 */
export function openSenderLines(
  { tools, config, counted, subject }: Port,
  address: string,
): ByteTaker {
  const { account, counts } = counted
  const origin = makeSenderOrigin(config, tools, address)
  const frames = tools.openFrames({
    framing: 'plain',
    encoding: config.encoding ?? 'utf-8',
    maxMessageBytes: config.maxMessageBytes ?? tools.settings.frameBytes,
    nowMs: tools.nowMs,
    clock: tools.clock,
    to: openWay(tools, {
      config,
      counts,
      subject,
      to: {
        hand(entry, level, attributes) {
          account.setOrigin(origin)
          account.hand(entry, level, attributes)
        },
        noteProgress: () => account.noteProgress(),
      },
    }),
    onDamage: (what) => tools.faults.set(`${subject.key} damage`, `${subject.name}: ${what}`),
  })
  // Nothing can be read again, so that it does not matter where it was.
  frames.beginFile({ fileId: 0n, offset: 0 })
  return frames
}

function makeSenderOrigin(
  { service = '', source = '', tags }: Pick<LogConfig, 'service' | 'source' | 'tags'>,
  { hostname, hostTags }: Pick<LogTools, 'hostname' | 'hostTags'>,
  address: string,
): LogOrigin {
  return {
    host: hostname,
    containerId: '',
    containerName: '',
    image: '',
    service,
    source,
    tags: [...new Set([...tags, `source_host:${address}`, ...hostTags])],
  }
}

/** An IPv4 address that came over a socket of IPv6 is written as what it is. */
export function writeAddress(address: string | undefined): string {
  return (address ?? '').replace(/^::ffff:(?=\d+\.)/, '')
}
