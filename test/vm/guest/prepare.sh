# Runs in the guest before it is saved: what every test needs and what takes an emulated processor long.
set -eu
mkdir -p /opt/vigie
# The engines outlive this script, the shared folder does not.
tar -xf tests.tar -C /opt/vigie
cd /opt/vigie
mkfifo /run/engines
setsid node test/vm/guest/start-engines.ts </dev/null >/run/engines 2>/var/log/engines.log &
read -r line </run/engines || cat /var/log/engines.log
[ "${line:-}" = ready ]
