import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { isDatadogName, isDatadogVariable } from './datadog-names.ts'

describe('isDatadogName()', () => {
  for (const name of [
    'logs_enabled',
    'logs_config',
    'GUI_port',
    'dogstatsd_port',
    'proxy',
    'ac_include',
  ]) {
    test(`knows ${name}`, () => assert.ok(isDatadogName(name)))
  }

  for (const name of ['logs_enable', 'vigie', 'listen', 'logs_config_x', '', 'constructor']) {
    test(`does not know ${JSON.stringify(name)}`, () => assert.ok(!isDatadogName(name)))
  }
})

describe('isDatadogVariable()', () => {
  for (const name of [
    'DD_LOGS_ENABLED',
    'DD_LOGS_CONFIG_USE_HTTP',
    'DD_APM_CONFIG_ENABLED',
    'DD_PROXY_HTTP',
    'DD_APM_ENABLED',
  ]) {
    test(`knows ${name}`, () => assert.ok(isDatadogVariable(name)))
  }

  for (const name of ['DD_TAG', 'DD_LOGS_ENABLE', 'DD_SERVICE']) {
    test(`does not know ${name}`, () => assert.ok(!isDatadogVariable(name)))
  }
})
