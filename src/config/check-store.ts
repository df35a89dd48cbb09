import type { CheckedAssignments } from './check-assignments.ts'
import type { Findings } from './findings.ts'

/** What only a ClickHouse server has, with what it is when nobody says so. */
const remoteOnly = [
  ['user', 'default'],
  ['password', undefined],
  ['password_file', undefined],
  ['database', 'vigie'],
  ['cluster', undefined],
  ['ca_cert', undefined],
  ['client_cert', undefined],
  ['client_key', undefined],
  ['skip_ssl_validation', false],
] as const

/** Checks what the settings of the store demand of one another. */
export function checkStore({ parsed, assignments }: CheckedAssignments, findings: Findings): void {
  const { store } = parsed.vigie
  const placeOf = (name: string): string | undefined =>
    assignments.get(`vigie.store.${name}`)?.place
  const fault = (name: string, message: string): void => {
    findings.faults.push({ place: placeOf(name) ?? 'default', key: `vigie.store.${name}`, message })
  }
  if (store.url === 'embedded') {
    for (const [name, unset] of remoteOnly) {
      if (store[name] === unset) continue
      findings.warnings.push(
        `${placeOf(name) ?? 'default'}: vigie.store.${name} does not count, since vigie.store.url is not the address of a ClickHouse server`,
      )
    }
    return
  }
  if (store.password !== undefined && store.password_file !== undefined)
    fault('password_file', 'saw a file beside vigie.store.password; set one of them only')
  if (store.client_cert !== undefined && store.client_key === undefined)
    fault('client_cert', 'saw a certificate without its key; set vigie.store.client_key too')
  if (store.client_key !== undefined && store.client_cert === undefined)
    fault('client_key', 'saw a key without its certificate; set vigie.store.client_cert too')
}
