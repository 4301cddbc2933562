import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';

/** A mounted image, and the user that its processes run as. */
export type Mounted = { readonly root: string; readonly user: string };

/**
 * Starts a process in a mounted image, with a root that is mounted once more so that it can only be read, in a mount
 * namespace that goes with the process. Needs root on Linux. The process is the image's own from its first instruction
 * on: it gets the signals, and its id and exit code are its own.
 */
export function runInImage(
  { root, user }: Mounted,
  command: readonly string[],
  options: SpawnOptions,
): ChildProcess {
  const script =
    'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && user="$1" && shift && exec chroot --userspec="$user" "$0" "$@"';
  return spawn('unshare', ['--mount', '--', 'sh', '-c', script, root, user, ...command], options);
}
