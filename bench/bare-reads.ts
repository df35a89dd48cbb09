import { execFile, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempDisposable, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const execute = promisify(execFile)
const compiler = process.env['CC'] ?? 'gcc'

/** Opens the files named on its standard input and reads all of them in each pass, a second apart. */
const program = String.raw`
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static char buffer[65536], line[4096];
static int files[1 << 20];

static double used(void) {
  struct rusage now;
  getrusage(RUSAGE_SELF, &now);
  return (now.ru_utime.tv_sec + now.ru_stime.tv_sec) * 1e6 + now.ru_utime.tv_usec + now.ru_stime.tv_usec;
}

int main(int count, char **words) {
  int passes = count > 1 ? atoi(words[1]) : 0, open_files = 0;
  while (open_files < 1 << 20 && fgets(line, sizeof line, stdin)) {
    line[strcspn(line, "\n")] = 0;
    files[open_files] = open(line, O_RDONLY);
    if (files[open_files] < 0) return 1;
    open_files++;
  }
  for (int pass = 0; pass < passes; pass++) {
    sleep(1);
    double before = used();
    for (int i = 0; i < open_files; i++)
      if (pread(files[i], buffer, sizeof buffer, 0) < 0) return 2;
    printf("%.0f\n", used() - before);
  }
  return 0;
}
`

/**
 * What a program in C takes that reads the same files and does nothing with them.
 * @returns Microseconds of CPU of each pass; `undefined` where there is no compiler.
 */
export async function measureBareReads(
  paths: readonly string[],
  passes: number,
): Promise<readonly number[] | undefined> {
  if (!hasCompiler()) return undefined
  await using folder = await mkdtempDisposable(join(tmpdir(), 'vigie-bare-'))
  const source = join(folder.path, 'reads.c')
  await writeFile(source, program)
  await execute(compiler, ['-O2', '-o', join(folder.path, 'reads'), source])
  const child = spawn(join(folder.path, 'reads'), [String(passes)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = once(child, 'close')
  let output = ''
  child.stdout.on('data', (text: Buffer) => (output += text.toString()))
  child.stdin.end(paths.map((path) => `${path}\n`).join(''))
  await ended
  if (child.exitCode !== 0) throw new Error(`The program in C ended with ${child.exitCode}`)
  return output.trim().split('\n').map(Number)
}

function hasCompiler(): boolean {
  try {
    execFileSync(compiler, ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
