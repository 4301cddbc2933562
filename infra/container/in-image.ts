import { runInImage } from './run-in-image.js';

/**
 * Stands in for the command where tests start it: hands its arguments, environment, output and signals to the one in
 * the image that IMAGE describes, as JSON: `{"root","user","entrypoint"}`.
 */
const { root, user, entrypoint } = JSON.parse(process.env.IMAGE ?? '{}') as {
  readonly root: string;
  readonly user: string;
  readonly entrypoint: readonly string[];
};
const child = runInImage({ root, user }, [...entrypoint, ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { ...process.env, PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
});
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
