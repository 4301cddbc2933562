import { describe, expect, it } from 'vitest';
import type { Metrics } from '../../../bot/telemetry/metrics.js';
import { createWatch } from '../../../bot/telemetry/watch.js';
import { faultsOf } from '../../support/faults.js';

const NOW = '2027-01-12T09:00:00.000Z';

/** A watch whose figures are written down, with clocks to set. */
function openWatch(reminders = true) {
  const noted: unknown[][] = [];
  const shown = new Map<string, () => readonly { readonly value: number; readonly attributes: object }[]>();
  const metrics: Metrics = {
    add: (name, attributes, by = 1) => void noted.push([name, attributes, by]),
    record: (name, attributes, value) => void noted.push([name, attributes, value]),
    show: (name, read) => void shown.set(name, read),
  };
  const clock = { ms: 0, now: NOW };
  const watch = createWatch({
    telemetry: { metrics, tracer: null },
    now: () => new Date(clock.now),
    monotonicNow: () => clock.ms,
    newId: () => 'run-1',
    reminders,
  });
  watch.begin({ rates: () => ({ slowest: 41.65, held: 2 }) });
  watch.end();
  return { watch, noted, clock, of: (name: string) => shown.get(name)?.() };
}

describe('what the rooms tell', () => {
  it('is noted of each answer of the tables by what it means', async () => {
    const cases: readonly (readonly [string, number | 'silent' | 'away', string])[] = [
      ['written', 204, 'ok'],
      ['read', 200, 'ok'],
      ['not there', 404, 'not-found'],
      ['there already', 409, 'conflict'],
      ['changed by another', 412, 'conflict'],
      ['no role', 403, 'denied'],
      ['no token that counts', 401, 'denied'],
      ['too many', 429, 'throttled'],
      ['too many, as Azure says it too', 503, 'throttled'],
      ['a fault of ours', 400, 'refused'],
      ['a fault of theirs', 500, 'server-error'],
      ['no answer', 'silent', 'silent'],
      ['no connection', 'away', 'away'],
    ];
    expect(
      await faultsOf(cases, (_what, answer, status) => {
        const { watch, noted, clock } = openWatch();
        const came = watch.tables('merge');
        clock.ms = 250;
        came(typeof answer === 'number' ? { status: answer, date: null } : { status: answer });
        expect(noted).toEqual([['kopje_table_request_seconds', { operation: 'merge', status }, 0.25]]);
      }),
    ).toEqual([]);
  });

  it('is noted of each answer of Teams, and of who is out of reach by why', async () => {
    const cases: readonly (readonly [string, number | null, string, string, string | null])[] = [
      ['sent', 201, '', '2xx', null],
      ['blocked', 403, '403 ConversationBlockedByUser', '403', 'blocked'],
      ['muted or taken away', 403, '403 MessageWritesBlocked', '403', 'blocked'],
      ['not installed', 403, '403 BotNotInConversationRoster', '403', 'not-installed'],
      ['for a reason of which nothing is known', 403, '403', '403', 'forbidden'],
      ['unknown', 404, '404 ConversationNotFound', '404', 'not-found'],
      ['too many', 429, '429', '429', null],
      ['a status that nobody expects', 418, '418', 'other', null],
      ['nothing came', null, 'no answer in time', 'none', null],
      ['nothing to sign with', null, 'no token', 'no-token', null],
    ];
    expect(
      await faultsOf(cases, (_what, status, why, shown, reason) => {
        const { watch, noted } = openWatch();
        watch.channel(
          'reminder',
          false,
        )({ outcome: { kind: reason === null ? 'failed' : 'gone', why }, status });
        expect(noted).toEqual([
          ['kopje_channel_request_seconds', { purpose: 'reminder', status: shown }, 0],
          ...(reason === null ? [] : [['kopje_unreachable_total', { reason }, 1]]),
        ]);
      }),
    ).toEqual([]);
  });

  it('is noted of a turn by its kind and what came of it, and of help in danger not at all', async () => {
    const of = async (activity: object, outcome: 'answered' | 'late' | 'helped' | 'throws') => {
      const { watch, noted } = openWatch();
      const act = async () => {
        if (outcome === 'throws') throw new Error('words of somebody');
        return outcome;
      };
      await watch.turn(activity, act).catch(() => undefined);
      return noted.map(([name, attributes]) => [name, attributes]);
    };
    const served = ['kopje_http_requests_total', { status: '200' }];
    const turn = (kind: string, outcome: string) => [['kopje_turn_seconds', { kind, outcome }], served];
    expect(await of({ type: 'message' }, 'answered')).toEqual(turn('text', 'answered'));
    expect(await of({ type: 'message', value: { verb: 'x' } }, 'late')).toEqual(turn('press', 'late'));
    expect(await of({ type: 'invoke' }, 'throws')).toEqual(turn('press', 'failed'));
    expect(await of({ type: 'installationUpdate' }, 'answered')).toEqual(turn('event', 'answered'));
    expect(await of({ type: 'typing' }, 'answered')).toEqual(turn('other', 'answered'));
    expect(await of({ type: 'message' }, 'helped')).toEqual([]);
  });

  it('is noted of a run of the reminders by what came of each, and of a dry run not at all', async () => {
    const { watch, noted } = openWatch();
    const result = { counts: { gaveUp: 2, setAside: 1 }, failed: 7, sent: 5, dropped: 0, deferred: 3 };
    const job = watch.job({ name: 'reminders', run: async () => result });
    await job.run({ at: NOW, dryRun: true });
    expect(noted).toEqual([]);
    expect(await job.run({ at: NOW, dryRun: false })).toBe(result);
    expect(noted).toEqual([
      ['kopje_job_runs_total', { job: 'reminders', outcome: 'done' }, 1],
      ['kopje_reminders_total', { outcome: 'sent' }, 5],
      ['kopje_reminders_total', { outcome: 'deferred' }, 3],
      ['kopje_reminders_total', { outcome: 'failed' }, 4],
      ['kopje_reminders_total', { outcome: 'gave-up' }, 2],
      ['kopje_reminders_total', { outcome: 'set-aside' }, 1],
      ['kopje_job_seconds', { job: 'reminders' }, 0],
    ]);
  });

  it('is noted of a run that failed, which fails all the same', async () => {
    const { watch, noted } = openWatch();
    const fails = () => Promise.reject(new Error('no tables'));
    const job = watch.job({ name: 'retention', run: fails });
    await expect(job.run({ at: NOW, dryRun: false })).rejects.toThrow('no tables');
    expect(noted[0]).toEqual(['kopje_job_runs_total', { job: 'retention', outcome: 'failed' }, 1]);
  });

  it('leaves statuses of those that were let in to the turns, not all of which are counted', () => {
    const { watch, noted } = openWatch();
    for (const status of [200, 202, 501, 401, 418]) watch.http(status);
    expect(noted).toEqual([
      ['kopje_http_requests_total', { status: '401' }, 1],
      ['kopje_http_requests_total', { status: 'other' }, 1],
    ]);
  });
});

describe('what is shown when it is asked for', () => {
  it('is since when no run was recorded, whatever became of the clock, and how late the oldest is', () => {
    const { watch, clock, of } = openWatch();
    clock.ms = 60_000;
    expect(of('kopje_job_lag_seconds')).toEqual([{ value: 60, attributes: { job: 'reminders' } }]);
    watch.recorded('2027-01-12T08:55:00.000Z');
    clock.now = '2026-01-12T09:00:00.000Z';
    expect(of('kopje_job_lag_seconds')).toMatchObject([{ value: 0 }]);
    expect(of('kopje_reminders_lag_seconds')).toMatchObject([{ value: 0 }]);
    clock.now = NOW;
    expect(of('kopje_reminders_lag_seconds')).toMatchObject([{ value: 300 }]);
    watch.recorded(null);
    expect(of('kopje_reminders_lag_seconds')).toMatchObject([{ value: 0 }]);
  });

  it('is since when a night is not done, and 0 when it is', () => {
    const { watch, of } = openWatch();
    watch.night('retention', '2027-01-12T03:00:00.000Z', false);
    watch.night('figures', '2027-01-12T02:45:00.000Z', true);
    expect(of('kopje_job_lag_seconds')?.slice(1)).toEqual([
      { value: 6 * 3_600, attributes: { job: 'retention' } },
      { value: 0, attributes: { job: 'figures' } },
    ]);
  });

  it('is how far the clock is off by the last answer that said, and nothing before one did', () => {
    const { watch, of } = openWatch();
    const answered = (date: string | null) => watch.tables('get')({ status: 200, date });
    expect(of('kopje_clock_ahead_seconds')).toEqual([]);
    answered('Tue, 12 Jan 2027 08:59:59 GMT');
    expect(of('kopje_clock_ahead_seconds')).toMatchObject([{ value: 0 }]);
    answered('Tue, 12 Jan 2027 08:00:00 GMT');
    answered(null);
    expect(of('kopje_clock_ahead_seconds')).toMatchObject([{ value: 3_600 }]);
    answered('Tue, 12 Jan 2027 09:02:00 GMT');
    expect(of('kopje_clock_ahead_seconds')).toMatchObject([{ value: -120 }]);
  });

  it('is nothing of reminders on an instance that only chats', () => {
    const { watch, of } = openWatch(false);
    const ofReminders = [
      'kopje_job_lag_seconds',
      'kopje_reminders_lag_seconds',
      'kopje_send_rate_per_second',
    ];
    for (const name of ofReminders) expect(of(name)).toEqual([]);
    expect(of('kopje_build_info')).toEqual([{ value: 1, attributes: {} }]);
    // Where a job is run in it all the same there is something to tell.
    watch.recorded(null);
    expect(of('kopje_send_rate_per_second')).toMatchObject([{ value: 41.65 }]);
    expect(of('kopje_held_organisations')).toMatchObject([{ value: 2 }]);
  });
});
