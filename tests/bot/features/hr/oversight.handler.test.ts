import { describe, expect, it } from 'vitest';
import { createHrOversight } from '../../../../bot/features/hr/oversight.handler.js';
import type { StateOfHealth } from '../../../../bot/services/health-check.js';
import { messagesFor } from '../../../../cards/content/words.js';
import { type OwnTables, openMemoryOwnTables } from '../../../support/azure/temporary-tables.js';
import { faultsOf } from '../../../support/faults.js';
import { aPerson, aReminder, EMPLOYEE, MANAGER, TENANT } from '../../../support/sample-records.js';
import { aPress, cardOf, textsOf } from '../../../support/sample-turns.js';
import { setUpEach } from '../../../support/set-up.js';

const { hr: WORDS } = messagesFor('nl');
const HR = 'c3c3c3c3-0000-4000-8000-000000000003';
const NUMBER = '4f9e0b1a-1111-4222-8333-444455556666';
const AT = '2027-01-11T09:00:00.000Z';

let own: OwnTables;
const afresh = setUpEach(
  async () => {
    own = openMemoryOwnTables();
  },
  () => own.drop(),
);

async function look(record: string): Promise<string> {
  const health = async () => {
    throw new Error('not asked for');
  };
  const oversight = createHrOversight({
    ...own.stores,
    health,
    nights: own.stores.health,
    zone: 'Europe/Amsterdam',
  });
  return textsOf(await oversight['hr.audit-look'](aPress('hr.audit-look', { record }, { person: HR }))).join(
    '\n',
  );
}

const note = (record: string, changes: object = {}) =>
  own.stores.audit.add(TENANT, `${record} ${JSON.stringify(changes)}`, {
    at: AT,
    who: MANAGER,
    did: 'coffee.done',
    record,
    kind: 'member',
    manager: MANAGER,
    ...changes,
  });

describe('who did what, for HR', () => {
  it('is told by the number of a record, as manager and employee and not as whom', async () => {
    await note(NUMBER, { did: 'agreement.save', kind: 'agreement' });
    await note(NUMBER, { did: 'about.change', who: EMPLOYEE, kind: 'agreement' });
    const text = await look(NUMBER);
    expect(text).toContain(`${WORDS.auditDid['agreement.save']}, door de leidinggevende`);
    expect(text).toContain(`${WORDS.auditDid['about.change']}, door de medewerker`);
    expect(text).not.toMatch(new RegExp(`${MANAGER}|${EMPLOYEE}`));
  });

  it('is not told by what is made of a person, with a sentence why', async () => {
    expect(
      await faultsOf(
        [`person-${EMPLOYEE}`, `Person-${EMPLOYEE}`, `name-${NUMBER}`, `x-${EMPLOYEE}`],
        async (record) => {
          await note(record);
          const text = await look(record);
          expect(text).toContain(WORDS.auditRefused);
          expect(text).not.toContain(WORDS.auditDid['coffee.done']);
        },
        afresh,
      ),
    ).toEqual([]);
  });

  it('is told by nobody’s own number, and in the same words whether or not they use the bot', async () => {
    await note(EMPLOYEE, { did: 'remove', who: 'retention', kind: 'agreement' });
    await own.stores.people.add(aPerson({ person: EMPLOYEE }));
    const known = await look(EMPLOYEE);
    expect(known).toContain(WORDS.auditNone);
    expect(known.replace(EMPLOYEE, '')).toBe((await look(NUMBER)).replace(NUMBER, ''));
    expect(WORDS.auditNone).toMatch(/nummer van een persoon/);
  });

  it('does not tell that somebody was forgotten, and keeps two managers apart who used the same number', async () => {
    await own.tables.table('audit').insert({
      partitionKey: `${TENANT}|2027-01`,
      rowKey: `${AT}|1`,
      at: AT,
      who: 'retention',
      did: 'remove',
      record: EMPLOYEE,
    });
    expect(await look(EMPLOYEE)).toContain(WORDS.auditNone);
    await afresh();
    await note(NUMBER, { did: 'moments.save', kind: 'moment' });
    await note(NUMBER, { did: 'moments.end', kind: 'moment', manager: EMPLOYEE, who: EMPLOYEE });
    const text = await look(NUMBER);
    expect(text).toMatch(/Leidinggevende 1\n.*\nLeidinggevende 2\n.*/);
    expect(text).not.toMatch(new RegExp(`${MANAGER}|${EMPLOYEE}`));
  });

  it('tells which of them of HR changed what is the organisation’s', async () => {
    await note('organisation', { did: 'hr.defaults-save', who: HR, kind: 'organisation', manager: null });
    expect(await look('organisation')).toContain(`${WORDS.auditDid['hr.defaults-save']}, door HR (${HR})`);
  });
});

describe('how the bot is doing, for HR', () => {
  const HEALTHY: StateOfHealth = {
    ...{ version: '0.2.0', tables: true, reminders: true, ticking: true, gaveUp: 0, setAside: 0 },
    ends: null,
    last: {
      ...{
        at: '2027-06-01T08:00:00.000Z',
        ranAt: '2027-01-12T08:59:00.000Z',
        due: 41,
        sent: 37,
        deferred: 1,
      },
      ...{ failed: 0, gaveUp: 0, setAside: 0, oldestOverdue: null, skipped: [] },
    },
  };
  const look = async (tenant = TENANT, zone: string | null = null) => {
    if (zone !== null) await own.stores.people.add(aPerson({ person: HR, zone }));
    const health = async () => HEALTHY;
    const around = { health, nights: own.stores.health, zone: 'Europe/Amsterdam' };
    const oversight = createHrOversight({ ...own.stores, ...around });
    const reply = await oversight['hr.health'](aPress('hr.health', {}, { person: HR, tenant }));
    return JSON.stringify(cardOf(reply));
  };
  const wait = async (tenant: string, people: number) => {
    for (let at = 0; at < people; at += 1) {
      const reminder = aReminder({ tenant, person: `person-${at}` });
      await own.stores.reminders.plan(reminder);
      for await (const row of own.stores.reminders.due('2030-01-01T00:00:00.000Z'))
        if (row.reminder !== null)
          await own.stores.reminders.waitAll([{ stored: row.stored, reminder: row.reminder }]);
    }
  };

  it('counts who cannot be reached of this organisation alone, in fives', async () => {
    expect(
      await faultsOf(
        [
          ['nobody', 0, WORDS.healthFew],
          ['one', 1, WORDS.healthFew],
          ['four', 4, WORDS.healthFew],
          ['five', 5, 'Minstens 5'],
          ['nine', 9, 'Minstens 5'],
        ],
        async (_many, people, shown) => {
          await wait(TENANT, people);
          await wait('another', 12);
          const card = await look();
          expect(card).toContain(shown);
          expect(card).not.toMatch(/41|37|\b12\b(?! januari)/);
        },
        afresh,
      ),
    ).toEqual([]);
  });

  it('tells of all organisations no more than that it is so, of this one’s night, and times as whoever looks has them', async () => {
    const card = await look();
    expect(card).toContain(WORDS.healthNo);
    expect(card).not.toMatch(/"value":"\d+"/);
    await afresh();
    expect(await look()).toContain('09:59');
    expect(await look(TENANT, 'America/Paramaribo')).toContain('05:59');
    await afresh();
    const { health } = own.stores;
    await health.record('retention', 'one', { at: AT, due: 3, failed: 1, skipped: ['another'] });
    expect(await look()).toContain('alles is verwijderd');
    expect(await look('another')).toContain('ik kon niet alles verwijderen');
  });
});
