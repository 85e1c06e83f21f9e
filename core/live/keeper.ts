/**
 * A script for the shell that runs `"$@"` until it ends or standard input does. When the program that started it dies,
 * however that was, the helper goes too, although no packet comes that would make it notice; that holds across ssh as
 * well. SIGTERM, since what a shell runs in the background ignores SIGINT. One line: a login shell may be a strange one.
 */
export const KEEPER = [
  'exec 3<&0',
  '"$@" </dev/null & child=$!',
  '( cat <&3 >/dev/null; kill "$child" ) 2>/dev/null & guard=$!',
  'trap \'kill "$child"\' HUP INT TERM',
  'while wait "$child"; status=$?; kill -0 "$child" 2>/dev/null; do :; done',
  'kill "$guard" 2>/dev/null',
  'exit "$status"',
].join('; ');
