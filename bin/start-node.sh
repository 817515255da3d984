#!/usr/bin/env bash
# Starts a local cluster of three nodes and the payment sandbox, or one node of it.
set -u
here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)

usage() {
  cat << 'HELP'
Usage: bin/start-node.sh [NODE] [--conf DIR] [--dir DIR]
       bin/start-node.sh --stop [--conf DIR] [--dir DIR]

  (nothing)    starts the three nodes of conf/ and the payment sandbox, with their data in data/,
               and waits until they serve; what already runs is left alone. Nodes 4 and 5 are among
               them once they were started by themselves
  NODE         starts one node, 1 to 3 (and the sandbox), and waits until it answers; a cluster
               serves once two nodes of three run. 4 and 5 wait to be added to the cluster:
               bin/usher cluster add node-4 127.0.0.1:7204
  --stop       stops what was started here: SIGTERM, and SIGKILL after ten seconds
  --conf DIR   the node-N.conf files (default: conf/ beside bin/)
  --dir DIR    the directory that relative paths in them start from (default: the one above bin/)

Ports are in the configuration files: 7101-7105 for clients, 7201-7205 between nodes, 7301-7305 for
operations, 7401-7405 for the cluster, 7500 for the sandbox.
Exit code 0: it serves; 1: it does not, nothing new was left running; 2: wrong usage.
HELP
}

wrong() {
  echo "start-node.sh: $1" >&2
  usage >&2
  exit 2
}

command=start node='' rest=()
while [ $# -gt 0 ]; do
  case $1 in
    -h | --help) usage; exit 0 ;;
    --stop) command=stop ;;
    --conf | --dir)
      [ $# -ge 2 ] || wrong "$1 needs a directory"
      rest+=("$1" "$2")
      shift
      ;;
    -*) wrong "unknown option $1" ;;
    [1-9])
      [ -z "$node" ] || wrong "one node at a time, or none for all"
      node=$1
      ;;
    *) wrong "'$1' is no node; name 1, 2 or 3 (4 and 5 join)" ;;
  esac
  shift
done
[ "$command" = start ] || [ -z "$node" ] || wrong "--stop stops everything, without a node"
exec "$here/usher" nodes "$command" ${node:+"$node"} ${rest[@]+"${rest[@]}"}
