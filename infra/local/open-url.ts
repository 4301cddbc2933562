import { spawn } from 'node:child_process';

/** Opens a page in the default browser of this desktop; does nothing where there is no desktop or it fails. */
export function openUrl(url: string): void {
  const opener = findOpener();
  if (opener === null) return;
  const [command, ...args] = opener;
  const child = spawn(command, [...args, url], { stdio: 'ignore', detached: true, windowsHide: true });
  child.once('error', () => {});
  child.unref();
}

function findOpener(): readonly [string, ...string[]] | null {
  if (process.platform === 'darwin') return ['open'];
  // Not `start`, which is a word of the shell.
  if (process.platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler'];
  const hasScreen = Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
  return hasScreen ? ['xdg-open'] : null;
}
