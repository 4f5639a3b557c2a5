# Read by every sample of bash before it starts (BASH_ENV): puts our aws in front of the real one.
#
# Each call is noted with its file and line in the file $AWS_CALLS, one call per line, its words quoted for bash.
# With $AWS_ANSWERS the call goes to the emulator at that address, without it to nobody: it is handed to the AWS CLI that
# is loaded already (aws_server.py) at $AWS_SOCKET, by $AWS_CALL (aws_call.py). With $AWS_FAILS every call fails,
# behind its answer, so that a loop over what it answers is gone through.

aws() {
  { printf '%s\t%s\t' "${BASH_SOURCE[1]}" "${BASH_LINENO[0]}"; printf '%q ' "$@"; printf '\n'; } >>"$AWS_CALLS"
  if [ -z "${AWS_ANSWERS:-}" ] || [ -n "${AWS_FAILS:-}" ]; then
    echo answer  # for $(aws ...), whose value a later command wants
    [ -z "${AWS_FAILS:-}" ]
    return
  fi
  local complaint code=0
  complaint="$(mktemp)"
  python -I -S "$AWS_CALL" "$AWS_SOCKET" --endpoint-url "$AWS_ANSWERS" "$@" 2>"$complaint" || code=$?
  if [ "$code" -ne 0 ]; then
    sed "s|^|${BASH_SOURCE[1]}:${BASH_LINENO[0]}: |; /: *$/d" "$complaint" | tee -a "$AWS_COMPLAINTS" >&2
  fi
  rm -f "$complaint"
  return "$code"
}

# What is no call of AWS and matters all the same is noted behind an exclamation mark.
noted() { printf '%s\t%s\t! ' "${BASH_SOURCE[2]}" "${BASH_LINENO[1]}"; printf '%q ' "$@"; printf '\n'; }

# Nobody has time to wait for what does not happen; lifecycles.py is told that it would have passed.
sleep() {
  noted sleep "$@" >>"$AWS_CALLS"
  [ -z "${AWS_LIFECYCLES:-}" ] || : >"${AWS_LIFECYCLES%.json}.slept"
}

# What somebody is asked for is part of a sample, too.
read() { noted read "$@" >>"$AWS_CALLS"; builtin read "$@"; }

# No sample reaches out of this machine.
curl() { noted curl "$@" >>"$AWS_CALLS"; }
psql() { noted psql "$@" >>"$AWS_CALLS"; }
