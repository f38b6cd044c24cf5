#!/bin/sh
@{about}
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd) || exit 2
export PYTHONUTF8=1
PATH="$PATH:$HOME/.local/bin" # where uv and pip put commands
missing=127                   # the code of a shell that finds no such command

refresh() {
  for python in "$here/.venv/bin/python" "$here/../.venv/bin/python" @{python}; do
    if [ -x "$python" ] && "$python" -P -c 'import tracksheet' >/dev/null 2>&1; then
      run "$python" -P -m tracksheet
      return
    fi
  done
  if command -v tracksheet >/dev/null 2>&1; then
    run tracksheet
  elif grep -q '^name = "tracksheet"' "$here/../pyproject.toml" 2>/dev/null &&
    command -v uv >/dev/null 2>&1; then
    run uv run --project "$here/.." tracksheet
  else
    return "$missing"
  fi
}

run() {
  say @{working}
  say ''
  "$@" refresh --open "$here"
}

say() {
  printf '%s\n' "$@"
}

refresh
code=$?
say ''
case $code in
  0) say @{done} ;;
  1) say @{remarks} ;;
  2) say @{failed} ;;
  "$missing") say @{missing} ;;
  *) say @{unexpected} ;;
esac
say ''
say @{close}
read -r _ || : # there is no keyboard when another program runs this
[ "$code" -ne "$missing" ] || code=2
exit "$code"
