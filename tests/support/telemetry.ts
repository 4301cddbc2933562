import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TelemetrySettings } from '../../bot/config.js';
import { type Exporters, openExporters } from '../../bot/telemetry/exporters.js';
import { logInto } from './recording-log.js';

/** A figure as Prometheus reads it: the name of its series, labels among it as in the text, and its value. */
export type Sample = {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
};

export const NOWHERE: TelemetrySettings = {
  ...{ prometheus: null, otlpMetrics: false, otlpTraces: false, exportIntervalMillis: 60_000, log: false },
};

/** The exporters of earnest, with a port that is free; `lines` gets what they log. */
export function openPrometheus(
  more: Partial<TelemetrySettings> = {},
  lines: string[] = [],
): Promise<Exporters> {
  return openExporters(
    { ...NOWHERE, prometheus: { host: '127.0.0.1', port: 0 }, ...more },
    {
      log: logInto(lines),
      instance: 'instance-of-a-test',
    },
  );
}

/** What Prometheus gets at the address. */
export async function scrape({ address }: Pick<Exporters, 'address'>): Promise<readonly Sample[]> {
  const response = await fetch(address ?? '');
  if (response.status !== 200) throw new Error(`no figures: ${response.status}`);
  return samplesIn(await response.text());
}

function samplesIn(text: string): readonly Sample[] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, name = '', labels = '', value = ''] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
      if (name === '') throw new Error(`not a sample: ${line}`);
      const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, key = '', one = '']) => [
        key,
        one,
      ]);
      return { name, labels: Object.fromEntries(pairs), value: value === '+Inf' ? Infinity : Number(value) };
    });
}

/** A collector that takes all that is sent, and keeps it as it came. */
export type Collector = {
  readonly address: string;
  readonly received: readonly { readonly path: string; readonly type: string; readonly body: string }[];
  close(): Promise<void>;
};

export async function startCollector(status = 200): Promise<Collector> {
  const received: { path: string; type: string; body: string }[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString('latin1');
    received.push({ path: request.url ?? '', type: request.headers['content-type'] ?? '', body });
    response.statusCode = status;
    response.end();
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
