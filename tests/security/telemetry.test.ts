import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import english from '../../bot/nlu/content/en/intents.json' with { type: 'json' };
import dutch from '../../bot/nlu/content/nl/intents.json' with { type: 'json' };
import { INTENTS } from '../../bot/nlu/intents/intent.js';
import { type Definition, METRICS, type MetricName } from '../../bot/telemetry/definitions.js';
import type { Exporters } from '../../bot/telemetry/exporters.js';
import { ACTIONS, type Verb } from '../../cards/actions.js';
import { messagesFor } from '../../cards/content/words.js';
import { headingOf } from '../support/browser/cards-on-screen.js';
import type { Person } from '../support/teams/teams.js';
import { type Collector, openPrometheus, type Sample, scrape, startCollector } from '../support/telemetry.js';
import { arbitraryOf, type Fields } from '../support/zod-arbitrary.js';
import { SENSIBLE } from './sensible.js';
import { type Estate, idFor, openEstate, PLANTED, presses } from './two-organisations.js';

const VERBS = Object.keys(ACTIONS) as Verb[];
/** So many series an instance has after all that can be done was done. */
const MOST_SERIES = 700;
const TYPED = INTENTS.flatMap((intent) => [dutch, english].map((examples) => examples[intent][0] ?? ''));
const DANGER = 'ik wil niet meer leven, schreef boomklever';
const REFUSED = 'Sanne heeft migraine en slikt daar ijsvogel voor';

describe('what is measured of all that can be done', () => {
  let estate: Estate;
  let exporters: Exporters;
  let collector: Collector;
  let people: readonly Person[];
  let samples: readonly Sample[];
  /** The lines of figures in the log. */
  const lines: string[] = [];
  beforeAll(async () => {
    collector = await startCollector();
    process.env.OTEL_EXPORTER_OTLP_ENDPOINT = collector.address;
    exporters = await openPrometheus({ otlpMetrics: true, otlpTraces: true, log: true }, lines);
    delete process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
    estate = await openEstate({ telemetry: exporters.telemetry });
    const { house, mila, sanne } = estate;
    people = [mila, sanne, house.teams.person({ name: 'Eve Roerdomp', installed: true })];
    for (const verb of VERBS)
      for (const person of [mila, sanne]) await presses(person, verb, payloadOf(verb, estate));
    for (const text of TYPED) await mila.says(text);
    for (const text of [DANGER, 'zoek kwartelmap', ...PLANTED])
      for (const person of people) await person.says(text);
    const form = await mila.says('afspraak vastleggen');
    await mila.press(form.messages[0]!, 'Verder', {
      name: 'Sanne Korenwolf',
      day: '2027-01-11',
      subjects: 'tasks',
    });
    await presses(mila, 'agreement.save', {
      name: 'Sanne',
      day: '2027-01-11',
      subjects: 'tasks',
      what1: REFUSED,
    });
    await mila.says('nachtegaal', { token: 'nachtegaal.nachtegaal.nachtegaal' });
    house.teams.fault(() => ({ status: 403, body: { error: { code: 'ConversationBlockedByUser' } } }));
    await house.remind('2027-01-26T09:00:00+01:00');
    house.teams.fault(() => ({ status: 500, body: { error: { code: 'kwartelmap', message: 'Lepelaar' } } }));
    await house.remind('2027-01-27T09:00:00+01:00');
    house.teams.fault(undefined);
    for (const job of ['reconcile', 'figures', 'retention', 'handover']) await house.work(job);
    samples = await scrape(exporters);
    await exporters.stop();
  });
  afterAll(async () => {
    await estate.house.close();
    await collector.close();
  });

  it('has nobody and nothing of anybody in it: no name, id, word, kind of question or organisation', () => {
    const shown = samples.map(({ name, labels }) => JSON.stringify([name, labels])).join('\n');
    expect(lines.join()).toContain('kopje_turn_seconds');
    const all = [shown, ...lines, ...collector.received.map(({ body }) => body)].join('\n').toLowerCase();
    expect(collector.received.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['/v1/metrics', '/v1/traces']),
    );
    const ids = people.flatMap(({ objectId, userId, conversationId, tenantId }) => [
      ...[objectId, userId, conversationId, tenantId],
    ]);
    const words = [
      ...[...PLANTED, ...ids, ...Object.values(estate.ids).filter((id) => id.length > 8)],
      ...[...VERBS, 'migraine', 'ijsvogel', 'boomklever', 'nachtegaal', 'roerdomp', 'mila', 'sanne'],
      ...INTENTS.filter((intent) => intent.length > 6),
      ...['crisis', 'danger', 'suicide', 'screen', 'refused-text', 'ConversationBlocked', 'conversations'],
    ];
    expect(words.filter((word) => all.includes(word.toLowerCase()))).toEqual([]);
    // Among the figures themselves any number may turn up.
    expect(shown).not.toContain('113');
    // Beside the figures a log has codes and ids of records, and nobody either.
    const logged = estate.house.logged.join('\n').toLowerCase();
    const planted = [...PLANTED, ...ids, 'migraine', 'ijsvogel', 'boomklever', 'nachtegaal', 'roerdomp'];
    expect(logged).not.toBe('');
    expect(planted.filter((word) => logged.includes(word.toLowerCase()))).toEqual([]);
  });

  it('has only series of the list, with only values of the list', () => {
    const wrong = samples.filter(({ name, labels: { le: _bucket, ...labels } }) => {
      if (name === 'target_info') return false;
      const base = name.replace(/_(bucket|sum|count)$/, '');
      const found: Definition | undefined = METRICS[base as MetricName];
      const attributes = found?.attributes ?? {};
      const isKnown = Object.entries(labels).every(([key, value]) => attributes[key]?.includes(value));
      return found === undefined || !isKnown || Object.keys(labels).length !== Object.keys(attributes).length;
    });
    expect(wrong).toEqual([]);
    const told = samples.find(({ name }) => name === 'target_info');
    expect(Object.keys(told?.labels ?? {}).sort()).toEqual([
      ...['service_instance_id', 'service_name', 'service_version'],
    ]);
  });

  it('knows every job that there is', () => {
    const known: readonly string[] = METRICS.kopje_job_seconds.attributes.job;
    expect([...known].sort()).toEqual(estate.house.bot.jobs.map(({ name }) => name).sort());
  });

  it('stays within a bound of series, whatever was done', () => {
    const series = new Set(samples.map(({ name, labels }) => JSON.stringify([name, labels])));
    expect(series.size).toBe(samples.length);
    expect(series.size).toBeLessThan(MOST_SERIES);
    // Not so few that nothing was measured.
    const turns = samples.filter(({ name }) => name === 'kopje_turn_seconds_count');
    expect(turns.reduce((sum, { value }) => sum + value, 0)).toBeGreaterThan(VERBS.length * 2);
  });
});

describe('what is measured of words in danger', () => {
  it('is nothing: no count changes when they bring help, and each does when they do not', async () => {
    const exporters = await openPrometheus();
    const estate = await openEstate({ telemetry: exporters.telemetry });
    const { sanne } = estate;
    const counts = async () =>
      (await scrape(exporters)).filter(({ name }) => /_(total|count|sum|bucket)$/.test(name));
    const [before, support] = [await counts(), await sanne.says('bij wie kan ik terecht om te praten?')];
    const [between, danger] = [await counts(), await sanne.says(DANGER)];
    const pressed = await presses(sanne, 'knowledge.piece', { piece: DANGER, lang: 'nl' });
    const after = await counts();
    await estate.house.close();
    await exporters.stop();
    expect([support, danger, pressed].map(({ messages }) => messages.length > 0)).toEqual([true, true, true]);
    expect(headingOf(danger.messages[0])).toBe(messagesFor('nl').crisis.suicide.title);
    expect(between).not.toEqual(before);
    expect(after).toEqual(between);
  });
});

function payloadOf(verb: Verb, { ids, mila, sanne, digestDay }: Estate): unknown {
  const known: Fields = Object.fromEntries(
    Object.entries({
      id: idFor(verb, ids),
      manager: mila.objectId,
      person: sanne.objectId,
      of: '',
      member: ids.member,
      digestDay,
      version: 1,
    }).map(([name, value]) => [name, fc.constant(value)]),
  );
  return fc.sample(arbitraryOf(ACTIONS[verb].payload, { ...SENSIBLE, ...known }), { seed: 1, numRuns: 1 })[0];
}
