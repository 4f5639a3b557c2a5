#!/usr/bin/env bash
# One step of action.yml: makes both files of $BOOK in $OUTPUT, with findings as GitHub shows them; names the files.
# Where SITE is "true", it makes the site too.
# On a tag that begins with v, nothing is taken from earlier builds, and unless STRICT is "false" a warning stops it.
set -euo pipefail

options=()
case "$GITHUB_REF" in
  refs/tags/v*)
    options+=(--no-cache)
    if [ "$STRICT" != false ]; then options+=(--strict); fi ;;
  *)
    if [ "$STRICT" = true ]; then options+=(--strict); fi ;;
esac

if [ "${SITE:-false}" = true ]; then options+=(--web); fi

"$GITHUB_ACTION_PATH/.venv/bin/python" "$GITHUB_ACTION_PATH/build.py" all "$BOOK" \
  --output "$OUTPUT/" --format github ${options[@]+"${options[@]}"} | tee "$RUNNER_TEMP/compositor.log"

for ending in pdf epub; do
  echo "$ending=$(grep -v '^::' "$RUNNER_TEMP/compositor.log" | grep "\.$ending\$")" >> "$GITHUB_OUTPUT"
done
if [ "${SITE:-false}" = true ]; then
  folder="$(grep -v '^::' "$RUNNER_TEMP/compositor.log" | grep -E -- '-web/?$')"
  echo "site=true" >> "$GITHUB_OUTPUT"
  echo "site-folder=$folder" >> "$GITHUB_OUTPUT"
fi
