import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import english from '../../bot/nlu/content/en/intents.json' with { type: 'json' };
import dutch from '../../bot/nlu/content/nl/intents.json' with { type: 'json' };
import { INTENTS, type Intent } from '../../bot/nlu/intents/intent.js';
import { ACTIONS, FILE_KINDS, type Verb } from '../../cards/actions.js';
import { LANGS, messagesFor } from '../../cards/content/words.js';
import { faultsOf } from '../support/faults.js';
import type { Person } from '../support/teams/teams.js';
import { arbitraryOf, type Fields } from '../support/zod-arbitrary.js';
import { WRITING_VERBS } from '../writes/writing-verbs.js';
import { SENSIBLE } from './sensible.js';
import { type Estate, idFor, openEstate, presses } from './two-organisations.js';

/** What somebody looks up, ticks, counts or prepares: no row, no update, no line in the log. */
const KEEPS_NOTHING = [
  ...['menu.show', 'privacy.show', 'support.show', 'crisis.show', 'intent.open'],
  ...['conversation.part', 'conversation.aids', 'conversation.ask', 'support.own'],
  ...['practise.start', 'practise.open', 'practise.choose', 'practise.say'],
  ...['knowledge.subjects', 'knowledge.subject', 'knowledge.piece', 'knowledge.answer'],
  ...['knowledge.otherwise'],
  ...['signals.open', 'signals.step', 'signals.weigh', 'check.ask'],
  ...['absence.open', 'absence.week', 'absence.weeks', 'costs.open', 'costs.sum'],
  ...['measures.open', 'measures.find', 'measures.page', 'monthly.show'],
  ...[
    'coffee.list',
    'coffee.add',
    'coffee.show',
    'moments.list',
    'moments.add',
    'moments.show',
    'moments.ask-delete',
  ],
  ...['scan.open', 'scan.start', 'scan.show', 'scan.unreached', 'scan.ask-close', 'scan.ask-remove'],
  ...['scan.ask', 'scan.step', 'scan.outcome', 'scan.characteristic', 'scan.compare'],
  ...['scan.meet', 'scan.measures'],
  'scan.more',
  ...['scan.agreed', 'scan.evaluate', 'scan.paper', 'scan.file'],
  ...['overview.show', 'overview.filter', 'settings.show', 'digest.show'],
  ...['agreement.start', 'agreement.details', 'agreement.people', 'agreement.more'],
  ...['agreement.list', 'agreement.show', 'agreement.ask-close'],
  ...['calendar.show', 'calendar.file'],
  ...['people.list', 'people.show', 'people.ask-rename', 'people.ask-link', 'people.ask-merge'],
  ...['agreement.closed', 'agreement.ask-reopen', 'agreement.ask-reply'],
  ...['agreement.correct', 'agreement.correct-more', 'agreement.talk'],
  ...['evaluation.open', 'evaluation.ask-move', 'landed.open'],
  ...['about.records', 'about.ways', 'about.export', 'about.file', 'about.show', 'about.ask-change'],
  ...['removal.ask', 'removal.decide', 'removal.ask-grant'],
  ...['own.coffee', 'own.moment', 'own.ask-removal', 'own.ask-dates', 'request.decide'],
  ...['figures.show', 'leaver.show', 'leaver.ask', 'leaver.request'],
  ...['hr.show', 'hr.contacts', 'hr.contact', 'hr.defaults', 'hr.managers'],
  ...['hr.export', 'hr.import', 'hr.import-check', 'hr.health', 'hr.audit', 'hr.audit-own', 'hr.audit-look'],
] as const satisfies readonly Verb[];

const TYPED: readonly (readonly [Intent, string])[] = INTENTS.flatMap((intent) =>
  [dutch, english].map((examples) => [intent, examples[intent][0] ?? ''] as const),
);

describe('what is looked up', () => {
  let estate: Estate;
  let people: readonly Person[];
  beforeAll(async () => {
    estate = await openEstate({ inMemory: true });
    // Whose it is, whom it is about, and somebody of whom nothing is known yet.
    people = [estate.mila, estate.sanne, estate.house.teams.person({ name: 'Kim', installed: true })];
  });
  afterAll(() => estate.house.close());

  /** Tables with their etags and all that was logged: as they were before. */
  const traces = async () => ({ tables: await estate.house.dump(true), lines: estate.house.logged.length });

  it('is decided for each verb: it keeps something or it keeps nothing', () => {
    expect([...WRITING_VERBS, ...KEEPS_NOTHING].sort()).toEqual(Object.keys(ACTIONS).sort());
  });

  it('has words on the audit trail for each verb that keeps something of somebody else or of the organisation', () => {
    // That somebody joined or answered stands nowhere: when it was would tell who.
    const own = ['settings.save', 'scan.code', 'scan.send'];
    const told = [
      ...WRITING_VERBS.filter((verb) => !own.includes(verb)),
      'remove',
      'close-scan',
      'ask-resting',
      'close-resting',
    ].sort();
    for (const lang of LANGS) expect(Object.keys(messagesFor(lang).hr.auditDid).sort()).toEqual(told);
  });

  it('leaves no trace: each verb that only shows', async () => {
    let before = await traces();
    expect(
      await faultsOf(KEEPS_NOTHING, async (verb) => {
        for (const person of people) {
          for (const data of payloadsOf(verb, estate))
            expect((await presses(person, verb, data)).status).toBe(200);
        }
        const found = before;
        before = await traces();
        expect(before).toEqual(found);
      }),
    ).toEqual([]);
  });

  it('leaves no trace: a file that was offered, accepted or declined', async () => {
    expect(
      await faultsOf(['accept', 'decline'], async (action) => {
        const { oneDrive } = estate.house;
        const files = oneDrive.files.length;
        const before = await traces();
        for (const person of people) {
          for (const as of FILE_KINDS) {
            const uploadInfo = oneDrive.open(person.objectId, `${action} ${as}.docx`);
            const value = { type: 'fileUpload', action, context: { as, lang: 'nl' }, uploadInfo };
            const answer = await person.sends({ type: 'invoke', name: 'fileConsent/invoke', value });
            expect([answer.status, answer.messages.length]).toEqual([200, 1]);
          }
        }
        expect(await traces()).toEqual(before);
        expect(oneDrive.files.length - files).toBe(
          action === 'accept' ? people.length * FILE_KINDS.length : 0,
        );
      }),
    ).toEqual([]);
  });

  it('leaves no trace: what is typed, of each intent in both languages', async () => {
    for (const [intent, text] of TYPED) {
      const before = await traces();
      for (const person of people) expect((await person.says(text)).messages, text).toHaveLength(1);
      expect(await traces(), `${intent}, typed as "${text}"`).toEqual(before);
    }
  });

  it('has something to compare with: a press that keeps changes a row and its etag', async () => {
    const before = await traces();
    await presses(estate.mila, 'coffee.done', { id: estate.ids.member, version: 1 });
    const after = await traces();
    expect(after.tables).not.toEqual(before.tables);
    expect(after.lines).toBe(before.lines);
  });
});

/** A payload that reaches the card, and one with whatever in its fields. */
function payloadsOf(verb: Verb, { ids, mila, sanne, digestDay }: Estate): unknown[] {
  const id = idFor(verb, ids);
  const known: Fields = Object.fromEntries(
    Object.entries({
      id,
      manager: mila.objectId,
      person: sanne.objectId,
      of: '',
      member: ids.member,
      digestDay,
      version: 1,
    }).map(([name, value]) => [name, fc.constant(value)]),
  );
  return [{ ...SENSIBLE, ...known }, known].map(
    (fields, seed) => fc.sample(arbitraryOf(ACTIONS[verb].payload, fields), { seed, numRuns: 1 })[0],
  );
}
