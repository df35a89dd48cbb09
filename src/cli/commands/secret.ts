import type { BackendDescription } from '../../config/secrets/backend.ts'
import type { SecretsReport } from '../../config/secrets/secret-reader.ts'
import { defineCommand } from '../command.ts'
import { configOption, readConfiguration } from '../load-settings.ts'

/** `vigie secret`: where `ENC[handle]` is read from, and which handles stand where; never what they stand for. */
export const secret = defineCommand({
  name: 'secret',
  about:
    'tell where the ENC[handle] of the configuration are read from and where they stand, never their values',
  options: [configOption],
  async run(_args, options, io) {
    const { secrets } = readConfiguration(options, io)
    io.out(`${[...describeBackend(secrets.backend), '', ...describeHandles(secrets)].join('\n')}\n`)
    return secrets.backend?.kind === 'command' && secrets.backend.fault !== undefined ? 1 : 0
  },
})

function describeBackend(backend: BackendDescription | undefined): readonly string[] {
  if (backend === undefined) {
    return [
      'Nothing says where ENC[handle] is read from: neither secret_backend_command nor secret_backend_type is set',
    ]
  }
  if (backend.kind === 'files') {
    const place = backend.place ?? 'the file that each handle names'
    return [`Values are read from ${place}, as ${backend.name} does it`]
  }
  const { path, mode, owner, group, fault } = backend
  const rights = mode === undefined ? [] : [`  mode ${mode}, owner ${owner}, group ${group}`]
  const verdict =
    fault === undefined ? 'its rights are as they have to be' : `it is not run: ${fault}`
  return [`Values are asked of ${path}`, ...rights, `  ${verdict}`]
}

function describeHandles({ handles }: SecretsReport): readonly string[] {
  if (handles.size === 0) return ['No ENC[handle] stands in the configuration']
  const subject = handles.size === 1 ? '1 handle was' : `${handles.size} handles were`
  const lines = [...handles].flatMap(([handle, uses]) => [
    `  ENC[${handle}]`,
    ...uses.map(({ key, place }) => `    ${key}, ${place}`),
  ])
  return [`${subject} read:`, ...lines]
}
