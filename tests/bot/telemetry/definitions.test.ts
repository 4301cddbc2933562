import { describe, expect, it } from 'vitest';
import { type Definition, METRICS, seriesOf } from '../../../bot/telemetry/definitions.js';
import { faultsOf } from '../../support/faults.js';

const all: readonly (readonly [string, Definition])[] = Object.entries(METRICS);
/** So many time series an instance may fill at most; what a small Prometheus takes without a thought. */
const MOST_SERIES = 2_000;

/** A histogram has one for each bucket, the one beyond, its sum and its count. */
const perSet = ({ buckets }: Definition) => (buckets === undefined ? 1 : buckets.length + 3);

describe('the list of metrics', () => {
  it('names each as Prometheus wants it, gives each attribute a closed set of short words, and bounds how many series there can be', async () => {
    expect(
      await faultsOf(all, (name, { kind, unit }) => {
        expect(name).toMatch(/^kopje_[a-z]+(_[a-z]+)*$/);
        expect(name.endsWith('_total')).toBe(kind === 'counter');
        if (unit === 's') expect(name).toMatch(/_seconds$/);
        if (unit === 'By') expect(name).toMatch(/_bytes$/);
      }),
    ).toEqual([]);
    expect(
      await faultsOf(all, (_, { attributes }) => {
        for (const [key, values] of Object.entries(attributes)) {
          expect(key).toMatch(/^[a-z]+$/);
          expect(new Set(values).size).toBe(values.length);
          for (const value of values) expect(value).toMatch(/^[a-z0-9]+(-[a-z]+)*$/);
        }
      }),
    ).toEqual([]);
    const series = all.map(([, one]) => seriesOf(one).length * perSet(one));
    expect(series.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(MOST_SERIES);
  });

  it('has buckets in order for each histogram, and for nothing else', async () => {
    expect(
      await faultsOf(all, (_, { kind, buckets }) => {
        expect(buckets !== undefined).toBe(kind === 'histogram');
        expect([...(buckets ?? [])].sort((one, other) => one - other)).toEqual(buckets ?? []);
      }),
    ).toEqual([]);
  });
});
