#!/usr/bin/env bash
# Runs the commands of both READMEs: every block marked sh, in order, in one shell, in an empty folder in which
# build/bin/anlan is the program. A command that fails ends the test; so does an id that does not exist.
set -eu
source_dir=${ANLAN_SOURCE_DIR:?must name the root of the tree}
program=$(realpath "${ANLAN_BIN:?must name the program}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

# The blocks of one file as a script that says before each where it came from.
blocks() {
  awk '/^```sh$/ { inside = 1; printf "block %d\n", NR + 1; next }
       /^```/ { inside = 0; next }
       inside { print }' "$1"
}

for name in README.md README.zh-CN.md; do
  folder=$work/$name
  mkdir -p "$folder/build/bin" "$folder/tmp"
  ln -s "$program" "$folder/build/bin/anlan"
  ln -s "$source_dir/data" "$folder/data"
  { cat <<'EOF'
set -euE -o pipefail
block() { place=$1; }
trap 'echo "stopped in the block at line $place" >&2' ERR
EOF
    blocks "$source_dir/$name"; } >"$folder/script.sh"
  count=$(grep -c '^block ' "$folder/script.sh" || true)
  commands=$(grep -c -E '^ *a |\$anlan|anlan ' "$folder/script.sh" || true)
  if [ "$count" -lt 5 ] || [ "$commands" -lt 40 ]; then
    echo "FAILED: $name: $count blocks with $commands commands are not a walk-through"
    failed=1
    continue
  fi
  start=$(date +%s)
  if (cd "$folder" && TMPDIR="$folder/tmp" bash script.sh) >"$folder/out.txt" 2>"$folder/err.txt" </dev/null; then
    printed=$(wc -l <"$folder/out.txt")
    echo "$name: $count blocks, $commands lines with commands, $printed lines printed, $(($(date +%s) - start)) s"
  else
    echo "FAILED: $name"
    tail -n 5 "$folder/out.txt" "$folder/err.txt"
    failed=1
    continue
  fi
  for amount in 2,800.00 1,400.00 150,000.00; do
    if ! grep -qF "$amount" "$folder/out.txt"; then
      echo "FAILED: $name: $amount is not printed"
      failed=1
    fi
  done
done
exit "$failed"
