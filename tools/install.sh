#!/bin/sh
# Installs npm's packages if the lock file is another than at the last time, Node 24 among them as node_modules/.bin/node.
# Says what is missing on this machine and fails then.
set -eu
stamp=node_modules/.installed-from

fail() {
  echo "Cannot install: $1" >&2
  exit 1
}

require() {
  command -v "$1" >/dev/null || fail "$1 is missing; install git, make, Node.js 20 or newer and npm, then run this again"
}

major() {
  "$1" --version | sed 's/^v//; s/\..*//'
}

require git
require npm
require node
[ "$(major node)" -ge 20 ] || fail "node is $(node --version); npm needs 20 or newer here, and Node 24 comes with the packages"
cmp -s package-lock.json "$stamp" && exit 0

# Not `npm ci`: it refuses a lock file that lacks an optional package for another platform than the one it was made on.
# `--no-save` keeps the lock file as it is. No package needs a script of its own at installation: those that have one would only
# compile what is not used, or ask the network for headers.
npm install --no-save --no-audit --no-fund --ignore-scripts --loglevel=error
npm run --silent prepare
# npm 10 forgets to link the command of a package that is only for this platform.
[ -e node_modules/.bin/node ] || npm rebuild --ignore-scripts --loglevel=error
[ -e node_modules/.bin/node ] || ln -s "$(command -v node)" node_modules/.bin/node
[ "$(major node_modules/.bin/node)" -ge 24 ] || fail 'there is no Node 24 package for this platform; install Node.js 24, then run this again'
cp package-lock.json "$stamp"
