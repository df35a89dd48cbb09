import type {
  GridPlace,
  LeftOut,
  Widget,
  WidgetBody,
  WidgetFrame,
} from '../api/contract/dashboards.ts'
import { isObject, listIn, numberIn, objectIn, textIn, type JsonObject } from './json-fields.ts'
import { comparePlaces, gridColumns, placeWidgets, type Unplaced } from './place-widgets.ts'
import { readBody } from './read-body.ts'
import { readSpan } from './read-span.ts'
import type { Reading } from './reading.ts'

/** What a list of widgets gives. */
export interface ReadWidgets {
  /** In reading order. */
  readonly widgets: readonly Widget[]
  readonly leftOut: readonly LeftOut[]
  /** Those in groups too, but no groups. */
  readonly widgetCount: number
}

/** A widget whose place depends on its neighbours. */
interface UnplacedWidget extends Unplaced {
  readonly frame: Omit<WidgetFrame, 'place'>
  readonly body: WidgetBody
}

/** Where a list of widgets stands. */
interface Surroundings {
  /** What the ids of its widgets begin with. */
  readonly path: string
  readonly depth: number
  /** Of its grid in the file. */
  readonly columns: number
}

const maxWidgets = 500
const maxLeftOut = 1000
const maxDepth = 5
const maxTitleLength = 500
const maxReasonLength = 300
const maxEdge = 10_000
const groupHeadHeight = 1

/** What Datadog gives a new widget, in columns and rows. */
const usualSizes: Readonly<Partial<Record<WidgetBody['type'], Unplaced['usual']>>> = {
  group: { width: gridColumns, height: 4 },
  query_value: { width: 2, height: 2 },
  toplist: { width: 4, height: 4 },
  query_table: { width: 4, height: 4 },
  event_stream: { width: 4, height: 4 },
  log_stream: { width: gridColumns, height: 4 },
}
const usualSize = { width: 4, height: 2 }

/** Reads the widgets of a dashboard in Datadog's format, and those of its groups. */
export function readWidgets(dashboard: JsonObject, variables: ReadonlySet<string>): ReadWidgets {
  return new WidgetReader(variables).read(dashboard)
}

class WidgetReader {
  readonly #variables: ReadonlySet<string>
  readonly #leftOut: LeftOut[] = []
  #seen = 0
  #shown = 0

  constructor(variables: ReadonlySet<string>) {
    this.#variables = variables
  }

  read(dashboard: JsonObject): ReadWidgets {
    const widgets = this.#list(dashboard, { path: '', depth: 0, columns: gridColumns })
    return { widgets, leftOut: this.#leftOut, widgetCount: this.#shown }
  }

  #list(owner: JsonObject, around: Surroundings): readonly Widget[] {
    const unplaced = listIn(owner, 'widgets').flatMap((widget, index) => {
      const inner = { ...around, path: `${around.path}${index + 1}` }
      return this.#widget(isObject(widget) ? widget : {}, inner) ?? []
    })
    const places = placeWidgets(unplaced, around.columns)
    return unplaced
      .flatMap(({ frame, body }, index): Widget[] => {
        const place = places[index]
        return place === undefined ? [] : [{ ...frame, place, ...body }]
      })
      .toSorted((a, b) => comparePlaces(a.place, b.place))
  }

  #widget(widget: JsonObject, around: Surroundings): UnplacedWidget | undefined {
    this.#seen += 1
    if (this.#seen > maxWidgets) {
      if (this.#seen === maxWidgets + 1) {
        this.#leaveOut('', '', `all widgets but the first ${maxWidgets}`)
      }
      return undefined
    }
    const definition = objectIn(widget, 'definition')
    const type = textIn(definition, 'type')
    const title = textIn(definition, 'title').slice(0, maxTitleLength)
    const reading: Reading = {
      variables: this.#variables,
      leaveOut: (reason) => this.#leaveOut(type, title, reason),
    }
    const layout = readLayout(objectIn(widget, 'layout'))
    const body =
      type === 'group'
        ? this.#group(definition, { ...around, columns: layout?.width ?? gridColumns }, reading)
        : readBody(definition, reading)
    if (body === undefined) return undefined
    if (body.type !== 'group') this.#shown += 1
    const spanS = readSpan(definition, reading)
    return {
      frame: {
        id: around.path,
        title: definition['show_title'] === false ? '' : title,
        ...(spanS !== undefined && { spanS }),
      },
      body,
      layout,
      ...sizesOf(body),
    }
  }

  #group(
    definition: JsonObject,
    { path, depth, columns }: Surroundings,
    reading: Reading,
  ): WidgetBody | undefined {
    if (depth >= maxDepth) {
      reading.leaveOut(`groups are read up to ${maxDepth} within each other`)
      return undefined
    }
    const widgets = this.#list(definition, { path: `${path}.`, depth: depth + 1, columns })
    return widgets.length === 0 ? undefined : { type: 'group', widgets }
  }

  #leaveOut(type: string, title: string, reason: string): void {
    if (this.#leftOut.length >= maxLeftOut) return
    this.#leftOut.push({ type, title, reason: reason.slice(0, maxReasonLength) })
  }
}

/** Undefined where there is none, as on boards whose widgets flow. */
function readLayout(layout: JsonObject): GridPlace | undefined {
  const [x, y, width, height] = (['x', 'y', 'width', 'height'] as const).map((key) => {
    const value = numberIn(layout, key)
    return value === undefined ? undefined : Math.min(maxEdge, Math.max(0, value))
  })
  if (x === undefined || y === undefined || width === undefined || height === undefined) {
    return undefined
  }
  return { x, y, width: Math.max(1, width), height: Math.max(1, height) }
}

/** A group is as high as what is in it. */
function sizesOf(body: WidgetBody): Pick<Unplaced, 'usual' | 'minHeight' | 'height'> {
  const usual = usualSizes[body.type] ?? usualSize
  const minHeight = body.type === 'note' || body.type === 'free_text' ? 1 : 2
  if (body.type !== 'group') return { usual, minHeight }
  const ends = body.widgets.map(({ place }) => place.y + place.height)
  return { usual, minHeight, height: groupHeadHeight + Math.max(0, ...ends) }
}
