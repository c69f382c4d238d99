#!/usr/bin/env bash
# The two steps of action.yml: `action.sh install`, then `action.sh check`.
#
# Inputs come as LICENSECHECK_* variables and reach the command as whole words, so nothing in them can run.
# The runner sets GITHUB_OUTPUT, GITHUB_STEP_SUMMARY and RUNNER_TEMP. Python runs isolated (-I), so that it does not
# import a json.py or a folder licensecheck/ of an untrusted checkout. The script must run in bash 3.2 (macOS).
set -euo pipefail

output() {
  printf '%s=%s\n' "$1" "$2" >>"$GITHUB_OUTPUT"
}

# Prints standard input as one workflow command. Line ends are escaped, because the runner ends a command there.
annotate() {
  local text
  text="$(head -c 2000)"
  text="${text//%/%25}"
  text="${text//$'\r'/%0D}"
  text="${text//$'\n'/%0A}"
  printf '::error title=licensecheck::%s\n' "$text"
}

# Installs into a separate environment, so that the user's Python does not change.
install() {
  local home python wanted
  home="$(mktemp -d "$RUNNER_TEMP/licensecheck.XXXXXX")"
  wanted="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
  if [ -n "${LICENSECHECK_VERSION:-}" ]; then
    if ! [[ "$LICENSECHECK_VERSION" =~ ^[0-9][0-9A-Za-z.+!-]*$ ]]; then
      echo "the input \`version\` is not a version such as 0.1.0: $LICENSECHECK_VERSION" | annotate
      exit 2
    fi
    wanted="dataset-licensecheck==$LICENSECHECK_VERSION"
  fi
  "${LICENSECHECK_PYTHON:-python3}" -I -m venv "$home"
  python="$home/bin/python"
  if [ ! -e "$python" ]; then
    python="$home/Scripts/python.exe"
  fi
  "$python" -I -m pip install --quiet --disable-pip-version-check "$wanted"
  output python "$python"
}

check() {
  local python work token code decision decided line word
  python="${LICENSECHECK_PYTHON:-python3}"
  work="$(mktemp -d "$RUNNER_TEMP/licensecheck.XXXXXX")"

  local words=(check --offline)
  if [ -n "${LICENSECHECK_CONFIG:-}" ]; then words+=(--config "$LICENSECHECK_CONFIG"); fi
  if [ -n "${LICENSECHECK_FAIL_ON:-}" ]; then words+=(--fail-on "$LICENSECHECK_FAIL_ON"); fi
  if [ -n "${LICENSECHECK_INTENT:-}" ]; then words+=(--intent "$LICENSECHECK_INTENT"); fi
  if [ -n "${LICENSECHECK_PURPOSE:-}" ]; then words+=(--purpose "$LICENSECHECK_PURPOSE"); fi
  words+=(--format "${LICENSECHECK_FORMAT:-text}" --output -)
  words+=(--format github --output "$work/annotations.txt")
  words+=(--format markdown --output "$work/summary.md")
  words+=(--format json --output "$work/verdict.json")
  words+=(--format sarif --output "$work/licensecheck.sarif")
  while IFS= read -r line || [ -n "$line" ]; do
    local split=()
    IFS=$' \t\r' read -ra split <<<"$line"
    for word in ${split[@]+"${split[@]}"}; do words+=("$word"); done
  done <<<"${LICENSECHECK_ARGS:-}"
  words+=(--)
  while IFS= read -r line || [ -n "$line" ]; do
    line="${line%$'\r'}"
    if [ -n "$line" ]; then words+=("$line"); fi
  done <<<"${LICENSECHECK_PATHS:-.}"

  code=0
  "$python" -I -X utf8 -m licensecheck "${words[@]}" >"$work/log.txt" 2>"$work/errors.txt" || code=$?

  # The log quotes scanned files. Between these two lines the runner ignores workflow commands in it.
  token="$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')"
  echo "::stop-commands::$token"
  cat "$work/log.txt" "$work/errors.txt"
  echo
  echo "::$token::"

  if [ -s "$work/annotations.txt" ]; then
    cat "$work/annotations.txt"
    echo
  elif [ "$code" -ne 0 ] && [ -s "$work/errors.txt" ]; then
    annotate <"$work/errors.txt"
  elif [ "$code" -ne 0 ]; then
    echo "no verdict (exit code $code): the log of this step says why" | annotate
  fi

  # Indented text is shown literally, so that Markdown in it has no effect.
  if [ -s "$work/summary.md" ]; then
    cat "$work/summary.md" >>"$GITHUB_STEP_SUMMARY"
  else
    cat "$work/log.txt" "$work/errors.txt" >"$work/plain.txt"
    {
      printf 'licensecheck (exit code %s)\n\n' "$code"
      head -c 60000 "$work/plain.txt" | LC_ALL=C sed 's/^/    /'
    } >>"$GITHUB_STEP_SUMMARY"
  fi
  echo >>"$GITHUB_STEP_SUMMARY"

  # With --fail-on deny, a review exits with 0 too.
  decided='import json, sys; print(json.load(open(sys.argv[1], encoding="utf-8"))["decision"])'
  case "$code" in
    0) decision="$("$python" -I -c "$decided" "$work/verdict.json")" || { decision=error; code=2; } ;; # never fail open
    1) decision=deny ;;
    3) decision=review ;;
    4) decision=incomplete ;;
    *) decision=error ;;
  esac
  output decision "${decision%$'\r'}"
  output exit-code "$code"
  if [ -s "$work/licensecheck.sarif" ]; then
    output sarif-file "$work/licensecheck.sarif"
  fi
  exit "$code"
}

case "${1:-}" in
  install) install ;;
  check) check ;;
  *)
    echo "usage: action.sh install|check" >&2
    exit 2
    ;;
esac
