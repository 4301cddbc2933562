import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type Exporters, openExporters } from '../../../bot/telemetry/exporters.js';
import { createWatch } from '../../../bot/telemetry/watch.js';
import packageJson from '../../../package.json' with { type: 'json' };
import { logInto } from '../../support/recording-log.js';
import { type Collector, NOWHERE, openPrometheus, scrape, startCollector } from '../../support/telemetry.js';

const opened: (Exporters | Collector)[] = [];
afterEach(async () => {
  for (const name of Object.keys(process.env)) if (name.startsWith('OTEL_')) delete process.env[name];
  for (const one of opened.splice(0)) await ('stop' in one ? one.stop() : one.close());
});
const keep = <One extends Exporters | Collector>(one: One): One => {
  opened.push(one);
  return one;
};

describe('what is measured, for Prometheus', () => {
  it('is at /metrics of a port of its own, and nothing else is', async () => {
    const exporters = keep(await openPrometheus());
    exporters.telemetry.metrics.add('kopje_unreachable_total', { reason: 'blocked' });
    const samples = await scrape(exporters);
    const ofReason = (reason: string) =>
      samples.find(({ name, labels }) => name === 'kopje_unreachable_total' && labels.reason === reason)
        ?.value;
    // One that did not happen is there with 0: how much came since then can be told.
    expect([ofReason('blocked'), ofReason('not-found')]).toEqual([1, 0]);
    const at = new URL(exporters.address ?? '');
    for (const path of ['/', '/metrics/', '/healthz', '/metrics/../x'])
      expect((await fetch(new URL(path, at))).status, path).toBe(404);
    expect((await fetch(at, { method: 'POST' })).status).toBe(404);
  });

  it('are read once for all who ask at one time, so that asking often keeps no turn waiting', async () => {
    const exporters = keep(await openPrometheus());
    let reads = 0;
    exporters.telemetry.metrics.show('kopje_uptime_seconds', () => {
      reads += 1;
      return [{ value: 1, attributes: {} }];
    });
    const socket = connect(Number(new URL(exporters.address ?? '').port), '127.0.0.1');
    const asked = 300;
    socket.end('GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(asked));
    let answers = '';
    for await (const chunk of socket) answers += chunk;
    expect(answers.match(/^HTTP\/1\.1 200 OK/gm)).toHaveLength(asked);
    expect(answers.match(/^kopje_uptime_seconds 1$/gm)).toHaveLength(asked);
    // As many as the pieces in which they arrive, and not as they are.
    expect(reads).toBeLessThan(asked / 10);
  });

  it('says in the log that its port is taken, and stops nothing', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const lines: string[] = [];
    const settings = { ...NOWHERE, prometheus: { host: '127.0.0.1', port } };
    const exporters = keep(await openExporters(settings, { log: logInto(lines, 'info'), instance: 'one' }));
    other.close();
    expect(exporters.address).toBeNull();
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({ level: 50, code: 'metrics-port', why: 'EADDRINUSE' }),
    ]);
  });
});

describe('what is measured, for a collector', () => {
  it('is sent by OTLP over HTTP: figures, and a trace of each run of a job with an id of its own', async () => {
    const collector = keep(await startCollector());
    process.env.OTEL_EXPORTER_OTLP_ENDPOINT = collector.address;
    process.env.OTEL_RESOURCE_ATTRIBUTES = 'deployment.environment.name=acceptance';
    const settings = { ...NOWHERE, otlpMetrics: true, otlpTraces: true };
    const exporters = await openExporters(settings, { log: logInto([], 'info'), instance: 'instance-7' });
    const watch = createWatch({
      telemetry: exporters.telemetry,
      now: () => new Date('2027-01-12T09:00:00Z'),
      monotonicNow: () => 0,
      newId: () => 'run-4711',
      reminders: true,
    });
    const done = { counts: { gaveUp: 1 }, failed: 1, sent: 3 };
    await watch.job({ name: 'reminders', run: async () => done }).run({ at: '', dryRun: false });
    await exporters.stop();
    const of = (path: string) => collector.received.filter((one) => one.path === path);
    expect(of('/v1/metrics')).toHaveLength(1);
    expect(of('/v1/metrics')[0]).toMatchObject({ type: 'application/x-protobuf' });
    for (const word of ['kopje_reminders_total', 'gave-up', 'instance-7', 'acceptance'])
      expect(of('/v1/metrics')[0]?.body).toContain(word);
    expect(of('/v1/traces')).toHaveLength(1);
    for (const word of ['job reminders', 'run-4711', 'job.sent'])
      expect(of('/v1/traces')[0]?.body).toContain(word);
  });

  it('is missed once in the log where the collector takes nothing, and nobody waits for it', async () => {
    process.env.OTEL_EXPORTER_OTLP_ENDPOINT = keep(await startCollector(400)).address;
    const lines: string[] = [];
    const exporters = await openExporters(
      { ...NOWHERE, otlpMetrics: true },
      { log: logInto(lines, 'info'), instance: 'one' },
    );
    await exporters.stop();
    expect(lines.map((line) => JSON.parse(line).code)).toEqual(['metrics-not-sent']);
  });
});

describe('what is measured, in the log', () => {
  it('is one line that holds what came since the line before, and leaves out what did not', async () => {
    const lines: string[] = [];
    const exporters = await openExporters(
      { ...NOWHERE, log: true },
      { log: logInto(lines, 'info'), instance: 'instance-7' },
    );
    const { metrics } = exporters.telemetry;
    metrics.add('kopje_reminders_total', { outcome: 'sent' }, 3);
    metrics.record('kopje_job_seconds', { job: 'reminders' }, 0.25);
    metrics.show('kopje_reminders_lag_seconds', () => [{ value: 0, attributes: {} }]);
    await exporters.stop();
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({
        code: 'metrics',
        instance: 'instance-7',
        version: packageJson.version,
        points: [
          { name: 'kopje_reminders_total', attributes: { outcome: 'sent' }, value: 3 },
          { name: 'kopje_job_seconds', attributes: { job: 'reminders' }, count: 1, sum: 0.25, max: 0.25 },
          { name: 'kopje_reminders_lag_seconds', value: 0 },
        ],
      }),
    ]);
  });
});
