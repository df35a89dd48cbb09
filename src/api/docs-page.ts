import { z } from 'zod'
import { defineApiRoute, noInput, type ApiRoute } from './define-api-route.ts'

/** `GET /api/docs`: the routes for a human reader; needs no script and nothing from elsewhere. */
export function docsRoute(routes: readonly ApiRoute[]): ApiRoute {
  const page = renderDocs(routes)
  return defineApiRoute({
    method: 'GET',
    path: '/api/docs',
    about: 'This page.',
    input: noInput,
    mediaType: 'text/html; charset=utf-8',
    handle: async (_input, reply) => reply.type('text/html; charset=utf-8').send(page),
  })
}

const style = `
  :root { color-scheme: light dark }
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
  h2 { font: 600 1.1rem ui-monospace, monospace; margin: 2.5rem 0 .5rem }
  pre { overflow: auto; padding: 1rem; border: 1px solid; border-radius: 6px; font-size: .85rem; max-height: 24rem }
  code { font-family: ui-monospace, monospace }
  summary { cursor: pointer }
`

function renderDocs(routes: readonly ApiRoute[]): string {
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width"><title>Vigie API</title>',
    `<style>${style}</style></head><body><main><h1>Vigie API</h1>`,
    '<p>For tools: <a href="/api/openapi.json">openapi.json</a>. Errors are <code>{"errors": ["one sentence"]}</code>.</p>',
    ...routes.map(renderRoute),
    '</main></body></html>',
  ].join('\n')
}

function renderRoute(route: ApiRoute): string {
  return [
    `<h2>${escapeHtml(`${route.method} ${route.path}`)}</h2>`,
    `<p>${escapeHtml(route.about).replaceAll(/`([^`]+)`/g, '<code>$1</code>')}</p>`,
    renderSchema('In the path', route.input.shape.params),
    renderSchema('Parameters', route.input.shape.query),
    renderSchema('Body', route.input.shape.body),
    renderSchema('Answer', route.answer),
  ].join('\n')
}

function renderSchema(title: string, schema: z.ZodType | undefined): string {
  if (schema === undefined) return ''
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input' })
  const json = escapeHtml(JSON.stringify(rest, undefined, 2))
  return `<details><summary>${title}</summary><pre>${json}</pre></details>`
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
