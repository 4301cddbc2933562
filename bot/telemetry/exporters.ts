import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-proto';
import { PrometheusExporter, PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider, type MetricReader, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import packageJson from '../../package.json' with { type: 'json' };
import type { TelemetrySettings } from '../config.js';
import { codeOf } from '../errors.js';
import type { Log, LogCode } from '../log.js';
import { withTimeout } from '../timeout.js';
import { logExporter } from './log-exporter.js';
import { createMetrics } from './metrics.js';
import type { Telemetry } from './watch.js';

export type Exporters = {
  readonly telemetry: Telemetry;
  /** Where Prometheus finds the figures, such as `http://127.0.0.1:9464/metrics`; null where it does not. */
  readonly address: string | null;
  /** Sends what was not sent yet, and ends. Never rejects, and takes a second at most. */
  stop(): Promise<void>;
};

export type ExportersDeps = {
  readonly log: Log;
  /** Of this process: each start has its own. */
  readonly instance: string;
};

const SCOPE = 'kopje-koffie';
const METRICS_PATH = '/metrics';
/** How often figures go into the log, in milliseconds. */
const EACH_MS = 60_000;
/** A process that ends has ten seconds, of which the bot may need nine. */
const STOP_WITHIN_MS = 900;

/**
 * Where the figures go: to a collector by OTLP over HTTP, to whoever scrapes the port, to the log. This file is the only one that
 * loads the SDK, and is loaded itself only where one of these was asked for. What cannot be sent or served is said
 * in the log and stops nothing: a bot that is not watched is better than none.
 *
 * The resource says the service, its version and the instance, and what `OTEL_RESOURCE_ATTRIBUTES` adds; nothing is found
 * out about the machine. The exporters themselves read the rest of what OpenTelemetry's own variables say: headers,
 * certificates, timeouts. Source: opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables.
 */
export async function openExporters(settings: TelemetrySettings, deps: ExportersDeps): Promise<Exporters> {
  const { log, instance } = deps;
  const { version } = packageJson;
  const resource = resourceFromAttributes({
    'service.name': SCOPE,
    'service.version': version,
    'service.instance.id': instance,
  }).merge(detectResources({ detectors: [envDetector] }));
  const readers: MetricReader[] = [];
  const prometheus =
    settings.prometheus === null ? null : new PrometheusExporter({ preventServerStart: true });
  if (prometheus !== null) readers.push(prometheus);
  const { exportIntervalMillis } = settings;
  if (settings.otlpMetrics) {
    const exporter = told(new OTLPMetricExporter(), log, 'metrics-not-sent');
    readers.push(new PeriodicExportingMetricReader({ exporter, exportIntervalMillis }));
  }
  if (settings.log)
    readers.push(
      new PeriodicExportingMetricReader({
        exporter: logExporter(log, { instance, version }),
        exportIntervalMillis: EACH_MS,
      }),
    );
  const meters = new MeterProvider({ resource, readers });
  const tracers = settings.otlpTraces
    ? new BasicTracerProvider({
        resource,
        spanProcessors: [new BatchSpanProcessor(told(new OTLPTraceExporter(), log, 'traces-not-sent'))],
      })
    : null;
  const served =
    settings.prometheus === null || prometheus === null
      ? null
      : await serve(figuresOf(prometheus), settings.prometheus, log);
  return {
    telemetry: {
      metrics: createMetrics(meters.getMeter(SCOPE, version)),
      tracer: tracers?.getTracer(SCOPE, version) ?? null,
    },
    address: served?.address ?? null,
    async stop() {
      served?.server.close();
      served?.server.closeAllConnections();
      const ended = Promise.allSettled([meters.shutdown(), tracers?.shutdown()]);
      void (await withTimeout(STOP_WITHIN_MS, ended));
    },
  };
}

type Exporting<Data> = { export(data: Data, done: (result: { readonly code: number }) => void): void };

/** The same exporter; the log hears when something could not be sent, once until it can again. */
function told<Data, Exporter extends Exporting<Data>>(exporter: Exporter, log: Log, code: LogCode): Exporter {
  const send = exporter.export.bind(exporter);
  let fails = false;
  exporter.export = (data, done) =>
    send(data, (result) => {
      if (result.code !== 0 && !fails) log.warn({ code }, 'what was measured could not be sent');
      fails = result.code !== 0;
      done(result);
    });
  return exporter;
}

/** Scopes are left out of the text: there is one. */
const SERIALIZER = new PrometheusSerializer(undefined, false, undefined, false, true);

/**
 * All figures as Prometheus reads them. Who asks while they are read shares that reading: it takes the only thread some
 * milliseconds, and a client that asks for hundreds without waiting would keep everybody's turns waiting. The exporter's own
 * handler of requests reads them for each.
 */
function figuresOf(prometheus: PrometheusExporter): () => Promise<string> {
  let reading: Promise<string> | null = null;
  return () => {
    reading ??= prometheus
      .collect()
      .then(({ resourceMetrics }) => SERIALIZER.serialize(resourceMetrics))
      .finally(() => {
        reading = null;
      });
    return reading;
  };
}

/** A port that is taken, or an address that is not this machine's, is said and not more. */
async function serve(
  figures: () => Promise<string>,
  { host, port }: { readonly host: string; readonly port: number },
  log: Log,
): Promise<{ readonly server: Server; readonly address: string } | null> {
  const server = createServer((request, response) => {
    const isAsked = request.method === 'GET' && request.url?.split('?')[0] === METRICS_PATH;
    // restify puts a `writeHead` of its own into every response of the process, which gives nothing back.
    const answer = (status: number, text = '') => {
      response.statusCode = status;
      if (text !== '') response.setHeader('content-type', 'text/plain; version=0.0.4; charset=utf-8');
      response.end(text);
    };
    if (!isAsked) return answer(404);
    figures().then(
      (text) => answer(200, text),
      () => answer(500),
    );
  });
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, resolve);
    });
  } catch (error) {
    log.error({ code: 'metrics-port', why: codeOf(error) }, 'the figures are not served');
    return null;
  }
  server.on('error', (error) =>
    log.error({ code: 'metrics-port', why: codeOf(error) }, 'the figures are not served'),
  );
  server.unref();
  const { port: bound } = server.address() as AddressInfo;
  return { server, address: `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${bound}${METRICS_PATH}` };
}
