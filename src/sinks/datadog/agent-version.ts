/** The Datadog Agent whose routes and bodies we write; intakes may judge by its number what an agent can do. */
const agentVersion = '7.74.0'

/** Of Datadog's agent-payload in that version: the messages that the protobuf bodies are of. */
export const payloadVersion = 'v5.0.174'

/** What we call ourselves where a version is shown, as builds of the Agent do: `7.74.0+vigie.0.1.0`. */
export function shownVersion(version: string): string {
  return `${agentVersion}+vigie.${version}`
}

/**
 * The headers by which an agent says what it is. Intakes that look for the Agent find it where they expect it; behind it
 * stands who really sends.
 * @see RFC 9110, 10.1.5, for several products in `User-Agent`
 */
export function versionHeaders(version: string): Readonly<Record<string, string>> {
  return {
    'user-agent': `datadog-agent/${agentVersion} vigie/${version}`,
    'dd-agent-version': agentVersion,
  }
}

/** The version without ours, for headers that hold nothing else. */
export const plainVersion: string = agentVersion
