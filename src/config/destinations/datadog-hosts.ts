/**
 * The intake of a site for everything but logs. The Datadog Agent puts its version in front of `agent.<site>`; we have
 * none of its versions to tell, and `app.<site>` is where it goes when it does not know the host.
 * @see pkg/config/utils/endpoints.go of the agent, `InfraURLPrefix` and `AddAgentVersionToDomain`
 */
export function findIntake(site: string): string {
  return `https://app.${site}`
}

/** The intake of a site for logs. @see comp/logs/agent/config/config.go of the agent, `httpEndpointPrefix` */
export function findLogIntake(site: string): string {
  return `https://agent-http-intake.logs.${site}`
}

/** The site of which `url` is an intake: `datadoghq.eu` for `https://app.datadoghq.eu`; `undefined` for what is not Datadog's. */
export function findSite(url: string): string | undefined {
  const host = URL.parse(url)?.hostname ?? ''
  return /^(?:app|\d+-\d+-\d+-app\.agent|api)\.((?:[a-z]{2,}\d{1,2}\.)?(?:datadoghq\.(?:com|eu)|ddog-gov\.com))$/.exec(
    host,
  )?.[1]
}
