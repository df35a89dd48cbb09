import { brokenFraming, floods } from './broken-framing.ts'
import { brokenProtobuf } from './broken-protobuf.ts'
import { compressionBombs } from './compression-bombs.ts'
import { crossSitePosts } from './cross-site.ts'
import { exhaustingQuestions } from './exhausting-questions.ts'
import { foreignKeys } from './foreign-keys.ts'
import { hostileJson } from './hostile-json.ts'
import type { HostileRequest, Target } from './hostile-request.ts'
import { pathTricks } from './path-tricks.ts'

/** All hostile requests that are answered at once, by what they try. */
export const hostileTable: Readonly<Record<string, (target: Target) => readonly HostileRequest[]>> =
  {
    'compression bombs': compressionBombs,
    'broken protobuf': brokenProtobuf,
    'hostile JSON': hostileJson,
    'broken framing': brokenFraming,
    floods,
    'path tricks': pathTricks,
    'missing and foreign keys': foreignKeys,
    'cross-site posts': crossSitePosts,
    'exhausting questions': exhaustingQuestions,
  }
