import type { Counter, Histogram, Meter } from '@opentelemetry/api';
import {
  type AttributesOf,
  type Definition,
  METRICS,
  type MetricName,
  type NameOf,
  seriesOf,
} from './definitions.js';

/** What a gauge shows when it is read. */
export type Shown<Name extends MetricName> = {
  readonly value: number;
  readonly attributes: AttributesOf<Name>;
};

/** Where figures go. Attributes are checked by the compiler: each is one of the values that its metric may have. */
export type Metrics = {
  add<Name extends NameOf<'counter'>>(name: Name, attributes: AttributesOf<Name>, by?: number): void;
  record<Name extends NameOf<'histogram'>>(name: Name, attributes: AttributesOf<Name>, value: number): void;
  /** `read` is called whenever the figures are collected; what it leaves out is not shown. */
  show<Name extends NameOf<'gauge'>>(name: Name, read: () => readonly Shown<Name>[]): void;
};

/** Where nobody wants any figures: nothing is made, kept or read. */
export const NO_METRICS: Metrics = {
  add: () => undefined,
  record: () => undefined,
  show: () => undefined,
};

/** Makes an instrument for each metric in the list. */
export function createMetrics(meter: Meter): Metrics {
  const definitions = Object.entries(METRICS) as [MetricName, Definition][];
  const counters = new Map<MetricName, Counter>();
  const histograms = new Map<MetricName, Histogram>();
  for (const [name, definition] of definitions) {
    const { kind, unit, help: description, buckets } = definition;
    if (kind === 'counter') {
      const counter = meter.createCounter(name, { unit, description });
      counters.set(name, counter);
      // From 0 on: of a series that begins with its first count nothing can be said about how much came.
      for (const attributes of seriesOf(definition)) counter.add(0, attributes);
    }
    if (kind === 'histogram') {
      const advice = buckets === undefined ? {} : { explicitBucketBoundaries: [...buckets] };
      histograms.set(name, meter.createHistogram(name, { unit, description, advice }));
    }
  }
  return {
    add: (name, attributes, by = 1) => counters.get(name)?.add(by, attributes),
    record: (name, attributes, value) => histograms.get(name)?.record(value, attributes),
    show(name, read) {
      const { unit, help: description } = METRICS[name];
      meter.createObservableGauge(name, { unit, description }).addCallback((result) => {
        for (const { value, attributes } of read()) result.observe(value, attributes);
      });
    },
  };
}
