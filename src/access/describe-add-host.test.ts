import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { describe, test } from 'node:test'
import { parse, parseAllDocuments } from 'yaml'
import { describeAddHost } from './describe-add-host.ts'

const strange = `a'b"c$HOME \`x\` #: &*!`
const target = {
  serverUrl: 'https://vigie.example.com:8443',
  key: strange,
  image: 'registry.example.com/vigie-agent:1.0',
}

function textOf(name: string): string {
  return describeAddHost(target).find((one) => one.name === name)?.text ?? ''
}

/** What a program would be called with, word by word. */
function runInShell(command: string, program: string): readonly string[] {
  const own = `${program}() { for word; do printf '%s\\0' "$word"; done; }; ${command}`
  return execFileSync('sh', ['-c', own], { encoding: 'utf8' }).split('\0')
}

describe('describeAddHost()', () => {
  test('a key of any characters gets through a shell as it is', () => {
    for (const name of ['docker', 'datadog']) {
      const variable = name === 'docker' ? 'VIGIE_SERVER_KEY' : 'DD_API_KEY'
      assert.ok(runInShell(textOf(name), 'docker').includes(`${variable}=${strange}`), name)
    }
    const vigie = 'vigie() { printf %s "$VIGIE_SERVER_KEY"; }; '
    const seen = execFileSync('sh', ['-c', vigie + textOf('shell')], { encoding: 'utf8' })
    assert.equal(seen, strange)
  })

  test('and through a Compose file, where only a dollar sign is doubled', () => {
    const { environment, image } = parse(textOf('compose')).services.agent
    assert.equal(environment.VIGIE_SERVER_KEY, strange.replaceAll('$', '$$$$'))
    assert.equal(environment.VIGIE_SERVER_URL, target.serverUrl)
    assert.equal(image, target.image)
  })

  test('and through the settings of a service, also where the command line indents them', () => {
    const sudo = 'sudo() { if [ "$1 $2" = "install -m" ]; then cat; fi; }\n'
    const command = sudo + textOf('systemd').replaceAll(/^/gm, '  ')
    const settings = execFileSync('sh', ['-c', command], { encoding: 'utf8' })
    const key = String.raw`"a'b\"c\$HOME \`x\` #: &*!"`
    assert.equal(settings, `VIGIE_SERVER_URL=${target.serverUrl}\nVIGIE_SERVER_KEY=${key}\n`)
  })

  test('and through a manifest', () => {
    const documents = parseAllDocuments(textOf('daemonset')).map((each) => each.toJS())
    const secret = documents.find(({ kind }) => kind === 'Secret')
    assert.deepEqual(secret.stringData, {
      VIGIE_SERVER_URL: target.serverUrl,
      VIGIE_SERVER_KEY: strange,
    })
    const [container] = documents.find(({ kind }) => kind === 'DaemonSet').spec.template.spec.containers // prettier-ignore
    assert.equal(container.image, target.image)
    assert.deepEqual(container.resources.limits, { cpu: '200m', memory: '256Mi' })
  })

  test('a file comes with the command that uses it, a command without', () => {
    for (const { name, file, command } of describeAddHost(target)) {
      const isFile = name === 'compose' || name === 'daemonset'
      assert.deepEqual([file !== null, command?.includes(` ${file}`) ?? false], [isFile, isFile])
    }
  })
})
