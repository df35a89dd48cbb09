import type { HttpRoute } from '../http/route.ts'
import { traceRequest } from '../wire/otlp/messages.ts'
import { defineOtlpRoute } from './define-otlp-route.ts'
import type { Intake } from './intake.ts'

/**
 * `POST /v1/traces`: spans are counted and not kept, and the answer says so: exporters that send all three signals to one
 * place tell it in their log, and lose nothing else by it.
 */
export function otlpTracesRoute(intake: Intake): HttpRoute {
  return defineOtlpRoute(intake, {
    path: '/v1/traces',
    what: 'the OTLP traces',
    message: traceRequest,
    rejectedName: 'rejectedSpans',
    accept: async ({ resourceSpans }) => {
      const rejected = resourceSpans
        .flatMap(({ scopeSpans }) => scopeSpans)
        .reduce((sum, { spans }) => sum + spans.length, 0)
      intake.counts.add('spans_ignored', rejected)
      const sentence = 'Spans are not kept here; send them elsewhere'
      return { rejected, sentence: rejected === 0 ? '' : sentence }
    },
  })
}
