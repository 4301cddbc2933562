import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium, type LaunchOptions, type Page } from 'playwright-core';
import { LATE_MS } from '../run/time-limits.js';

const FLAGS = [
  '--no-sandbox',
  '--no-zygote',
  '--no-first-run',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Letters keep their own widths, so that a screenshot looks the same on every machine.
  '--font-render-hinting=none',
];
const WINDOW = { width: 1280, height: 1000 };

/** A real Chromium without a window. */
export type TestBrowser = {
  readonly browser: Browser;
  /** A fresh page of a Dutch user, 1280 x 1000, without cookies of others, that reaches only this machine. */
  newPage(): Promise<Page>;
  close(): Promise<void>;
};

/**
 * Starts Chromium: the one at CHROMIUM_PATH when that is set, else the one that comes as an npm package (Linux on
 * x64), else the Chrome that the machine has. Needs no root and no system libraries or fonts.
 */
export async function openBrowser(): Promise<TestBrowser> {
  const browser = await chromium.launch({ args: FLAGS, ...(await findChromium()) });
  return {
    browser,
    async newPage() {
      const context = await browser.newContext({
        viewport: WINDOW,
        locale: 'nl-NL',
        timezoneId: 'Europe/Amsterdam',
        // What moves is drawn anew at each step, by the processor.
        reducedMotion: 'reduce',
      });
      context.setDefaultTimeout(LATE_MS);
      await context.route(
        ({ hostname }) => !isLocal(hostname),
        (route) => route.abort(),
      );
      return context.newPage();
    },
    close: () => browser.close(),
  };
}

async function findChromium(): Promise<LaunchOptions> {
  const { CHROMIUM_PATH } = process.env;
  if (CHROMIUM_PATH) return { executablePath: CHROMIUM_PATH };
  if (process.platform !== 'linux' || process.arch !== 'x64') return { channel: 'chrome' };
  const folder = await unpackChromium();
  return {
    executablePath: join(folder, 'chromium'),
    env: {
      ...process.env,
      LD_LIBRARY_PATH: [join(folder, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':'),
      FONTCONFIG_FILE: join(folder, 'fonts.conf'),
    },
  };
}

/**
 * Unpacks the packaged Chromium once for each version and user, and gives its folder. The package itself unpacks to
 * fixed names in the temp folder and takes a half-written file of another process for a finished one; here a folder
 * appears whole, by one rename, or not at all.
 */
async function unpackChromium(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const { version } = JSON.parse(await readFile(join(dirname(entry), '..', '..', 'package.json'), 'utf8'));
  const folder = join(tmpdir(), `kopje-koffie-chromium-${version}-${process.getuid?.() ?? 0}`);
  if (await isOwn(folder)) return folder;

  const fresh = await mkdtemp(`${folder}-`);
  try {
    await inflate(entry, fresh);
    await writeFile(join(fresh, 'fonts.conf'), fontsConfig(folder));
    await rename(fresh, folder);
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    // Another process may have been first.
    if (!(await isOwn(folder))) throw error;
  }
  return folder;
}

/** In a process of its own, since the package changes the environment of whoever loads it. */
async function inflate(entry: string, folder: string): Promise<void> {
  const script = 'const loaded = require(process.argv[1]); (loaded.default ?? loaded).executablePath();';
  await promisify(execFile)(process.execPath, ['-e', script, entry], {
    // The runtime's name makes it bring the NSS libraries too, which a bare machine lacks.
    env: { ...process.env, TMPDIR: folder, AWS_LAMBDA_JS_RUNTIME: 'nodejs22.x' },
  });
}

/** Whether the folder is there and is this user's: anybody may write to the temp folder. */
async function isOwn(folder: string): Promise<boolean> {
  if (!existsSync(folder)) return false;
  if ((await stat(folder)).uid === process.getuid?.()) return true;
  throw new Error(`${folder} belongs to somebody else; set CHROMIUM_PATH or TMPDIR.`);
}

/** The package's own Open Sans first, so that pictures do not differ by machine; the machine's fonts fill the gaps. */
function fontsConfig(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(folder, 'fonts')}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${join(folder, 'fonts-cache')}</cachedir>
  <alias binding="strong">
    <family>sans-serif</family>
    <prefer><family>Open Sans</family></prefer>
  </alias>
</fontconfig>
`;
}

function isLocal(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';
}
