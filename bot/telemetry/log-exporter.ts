import {
  AggregationTemporality,
  DataPointType,
  type PushMetricExporter,
  type ResourceMetrics,
} from '@opentelemetry/sdk-metrics';
import type { Log } from '../log.js';

/** One figure in a line of the log. A histogram has how many, their sum and the largest; all of them since the line before. */
type Point = {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly value?: number;
  readonly count?: number;
  readonly sum?: number;
  readonly max?: number;
};

/**
 * A line with all figures, for where nothing collects them but the log is kept: Log Analytics reads them back. Counters
 * and histograms say what came since the line before, so that sums over lines are right across restarts; what is 0 is left out.
 */
export function logExporter(
  log: Log,
  from: { readonly instance: string; readonly version: string },
): PushMetricExporter {
  return {
    export(found, done) {
      log.info({ code: 'metrics', ...from, points: pointsOf(found) }, 'metrics');
      done({ code: 0 });
    },
    selectAggregationTemporality: () => AggregationTemporality.DELTA,
    forceFlush: async () => undefined,
    shutdown: async () => undefined,
  };
}

function pointsOf({ scopeMetrics }: ResourceMetrics): readonly Point[] {
  return scopeMetrics
    .flatMap(({ metrics }) => metrics)
    .flatMap(({ descriptor: { name }, ...metric }): Point[] => {
      const named = (attributes: Readonly<Record<string, unknown>>) =>
        Object.keys(attributes).length > 0 ? { name, attributes } : { name };
      if (metric.dataPointType === DataPointType.HISTOGRAM)
        return metric.dataPoints.flatMap(({ attributes, value: { count, sum = 0, max = 0 } }) =>
          count > 0 ? [{ ...named(attributes), count, sum: rounded(sum), max: rounded(max) }] : [],
        );
      const isCount = metric.dataPointType === DataPointType.SUM;
      return metric.dataPoints.flatMap(({ attributes, value }) =>
        typeof value === 'number' && !(isCount && value === 0)
          ? [{ ...named(attributes), value: rounded(value) }]
          : [],
      );
    });
}

function rounded(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
