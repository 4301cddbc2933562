import { type ChildProcess, execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readOptions } from '../../bot/config.js';
import { startAzurite } from '../local/azurite.js';
import { settlePort } from '../local/ports.js';
import { runInImage } from './run-in-image.js';
import { fillWithNode } from './stand-in.js';

/**
 * Builds the image with buildah and runs it as a careful platform would: another user than root, a root file system
 * that cannot be written. Needs root on Linux, and no registry of images: both base images are stand-ins made of the
 * Node of this machine. That the real bases can be pulled and that other processors work is for the release to show.
 */
const FILE = 'infra/container/Containerfile';
const STAND_INS = { BUILD_IMAGE: 'localhost/stand-in-build', RUN_IMAGE: 'localhost/stand-in-run' };
const STOP_WITHIN_MS = 10_000;
const START_WITHIN_MS = 30_000;

type ImageConfig = {
  readonly User: string;
  readonly Entrypoint: readonly string[];
  readonly Cmd: readonly string[];
  readonly Env: readonly string[];
  readonly ExposedPorts: Readonly<Record<string, unknown>>;
  readonly Labels: Readonly<Record<string, string>>;
  readonly StopSignal: string;
};

const typed = readOptions(process.argv.slice(2), { journeys: { type: 'boolean', default: false } });
if (typeof typed === 'string') {
  console.error(`${typed}\nuse: npm run image [-- --journeys]`);
  process.exit(2);
}
if (spawnSync('buildah', ['--version']).status !== 0 || process.getuid?.() !== 0) {
  console.error('This needs buildah (Debian: apt-get install buildah) and root on Linux. Nothing was tried.');
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), 'kopje-koffie-image-'));
const buildah = (...args: readonly string[]) =>
  execFileSync('buildah', [...storage(), ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
let azurite: Awaited<ReturnType<typeof startAzurite>> | undefined;
try {
  console.log('building on stand-ins for both base images …');
  makeStandIn(STAND_INS.BUILD_IMAGE, true);
  makeStandIn(STAND_INS.RUN_IMAGE, false);
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  const tag = `localhost/kopje-koffie:${version}`;
  buildah(
    ...['build', '--isolation', 'chroot', '--pull-never', '--file', FILE],
    ...['--ignorefile', `${FILE}.dockerignore`, '--tag', tag],
    ...Object.entries({ ...STAND_INS, VERSION: version }).flatMap(([name, value]) => [
      '--build-arg',
      `${name}=${value}`,
    ]),
    '.',
  );
  const image = JSON.parse(buildah('inspect', '--type', 'image', tag)) as { OCIv1: { config: ImageConfig } };
  const config = image.OCIv1.config;
  says('labels', config.Labels);
  expect('it runs as another than root', !/^(0|root)?(:|$)/.test(config.User), config.User);
  expect('its label has the version', config.Labels['org.opencontainers.image.version'] === version);
  expect('it tells its port', Object.keys(config.ExposedPorts).join() === '8080/tcp');
  azurite = await startAzurite({ dataFolder: join(folder, 'tables'), port: 0 });
  const root = buildah('mount', buildah('from', '--pull-never', tag).trim()).trim();
  await tryRun(root, config);
  if (typed.values.journeys) tryJourneys(root, config);
  console.log('The image builds, starts, serves, does a job and stops.');
} finally {
  await azurite?.stop();
  spawnSync('buildah', [...storage(), 'rm', '--all']);
  spawnSync('buildah', [...storage(), 'rmi', '--all', '--force']);
  rmSync(folder, { recursive: true, force: true });
}

/** Buildah's storage for this run alone: the machine's own images and containers are not touched. */
function storage(): readonly string[] {
  return ['--root', join(folder, 'images'), '--runroot', join(folder, 'run')];
}

function makeStandIn(name: string, npm: boolean): void {
  const container = buildah('from', 'scratch').trim();
  const env = fillWithNode(buildah('mount', container).trim(), { npm });
  buildah('umount', container);
  for (const line of env) buildah('config', '--env', line, container);
  buildah('commit', '--quiet', '--rm', container, name);
}

async function tryRun(root: string, config: ImageConfig): Promise<void> {
  says('/app', megabytesOf(join(root, 'app')));
  says('the whole file system, with the Node of this machine', megabytesOf(root));
  const port = await settlePort(0);
  const env = {
    ...Object.fromEntries(
      config.Env.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    ),
    ...{ PORT: String(port), BOT_ENV: 'development', REMINDERS: 'off' },
    AZURE_TABLES_CONNECTION_STRING: azurite?.connectionString ?? '',
  };
  const [node = '', ...options] = config.Entrypoint;
  const [write] = await output(
    inside(root, config, [node, '-e', "require('fs').writeFileSync('/app/x','')"], env),
  );
  expect('nothing of its file system can be written', write !== 0);
  const [shell] = await output(inside(root, config, ['/bin/sh', '-c', 'true'], env));
  expect('there is no shell in it', shell !== 0);

  const begunAt = performance.now();
  const bot = inside(root, config, [node, ...options, ...config.Cmd], env);
  const log = output(bot);
  await untilReady(`http://127.0.0.1:${port}/readyz`, bot);
  says('ready after', `${Math.round(performance.now() - begunAt)} ms`);
  const status = readFileSync(`/proc/${bot.pid}/status`, 'utf8');
  expect('its process is not root', /^Uid:\t65532\t65532/m.test(status));
  for (const path of ['/healthz', '/', '/privacy', '/terms']) {
    const { status: code } = await fetch(`http://127.0.0.1:${port}${path}`);
    expect(`${path} answers`, code === 200, code);
  }
  const health = await (await fetch(`http://127.0.0.1:${port}/healthz`)).text();
  const version = config.Labels['org.opencontainers.image.version'];
  expect('/healthz tells the version of its label', health.includes(`"version":"${version}"`), health);
  const does = (...args: readonly string[]) => output(inside(root, config, [node, ...options, ...args], env));
  const [code, text] = await does('job', 'reconcile', '--dry-run');
  expect('a job runs in it', code === 0 && text.includes('"job":"reconcile"'), text);
  const [examined, found] = await does('doctor');
  expect('the doctor finds nothing amiss', examined === 0, found);
  const [copied, copy] = await does('backup', '--to', '-');
  expect('a backup comes by the standard output', copied === 0 && copy.includes('"command":"backup"'), copy);
  const stoppedAt = performance.now();
  bot.kill('SIGTERM');
  const [ended] = await log;
  const tookMs = Math.round(performance.now() - stoppedAt);
  expect('it stops in order on SIGTERM', ended === 0 && tookMs < STOP_WITHIN_MS, `${ended} in ${tookMs} ms`);
  says('stopped after', `${tookMs} ms`);
}

function megabytesOf(path: string): string {
  const [bytes] = execFileSync('du', ['-sb', path], { encoding: 'utf8' }).split('\t');
  return `${(Number(bytes) / 1024 / 1024).toFixed(1)} MB`;
}

/** A process in the image, with what it writes. */
function inside(
  root: string,
  config: ImageConfig,
  command: readonly string[],
  env: Readonly<Record<string, string>>,
): ChildProcess {
  return runInImage({ root, user: config.User }, command, {
    env: { ...env, PATH: process.env.PATH ?? '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/**
 * The journey of the main job and the tests of the command, with the one in the image in its place: a talk over HTTP with a
 * stand-in of Teams, settings, jobs that send, signals, outages. Not those that load a module of theirs before it, which
 * the image cannot see.
 */
function tryJourneys(root: string, config: ImageConfig): void {
  const { status } = spawnSync(
    process.execPath,
    [
      join('node_modules', 'vitest', 'vitest.mjs'),
      ...['run', '--config', 'tests/vitest.config.ts'],
      ...['tests/bot/command.test.ts', 'tests/journeys/deployed.test.ts'],
      ...['--testNamePattern', '^(?!.*that is (thrown|in a promise))'],
    ],
    {
      stdio: 'inherit',
      env: {
        ...process.env,
        COMMAND_UNDER_TEST: join(process.cwd(), 'dist', 'infra', 'container', 'in-image.js'),
        COMMAND_IMAGE: JSON.stringify({ root, user: config.User, entrypoint: config.Entrypoint }),
      },
    },
  );
  expect('the journey and the tests of the command pass on it', status === 0);
}

async function output(child: ChildProcess): Promise<readonly [code: number | null, text: string]> {
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
  const [code] = (await once(child, 'close')) as [number | null];
  return [code, text];
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  const until = AbortSignal.timeout(START_WITHIN_MS);
  while (child.exitCode === null) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
    await once(child.stderr ?? child, 'data', { signal: until }).catch(() => undefined);
    if (until.aborted) throw new Error(`${url} did not become ready.`);
  }
  throw new Error('The image ended before it was ready.');
}

function says(what: string, value: unknown): void {
  console.log(`${what}: ${typeof value === 'string' ? value : JSON.stringify(value)}`);
}

function expect(what: string, holds: boolean, found: unknown = ''): void {
  if (!holds) throw new Error(`Not so: ${what}. ${String(found)}`);
  console.log(`ok: ${what}`);
}
