import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHrOversight } from '../../../../bot/features/hr/oversight.handler.js';
import { wordsIn } from '../../../../cards/content/words.js';
import { type OwnTables, openOwnTables } from '../../../support/own-tables.js';
import { aPerson, EMPLOYEE, MANAGER, TENANT } from '../../../support/records.js';
import { aPress, textsOf } from '../../../support/turns.js';

const { hr: WORDS } = wordsIn('nl');
const HR = 'c3c3c3c3-0000-4000-8000-000000000003';
const NUMBER = '4f9e0b1a-1111-4222-8333-444455556666';
const AT = '2027-01-11T09:00:00.000Z';

let own: OwnTables;
beforeEach(async () => {
  own = await openOwnTables();
});
afterEach(() => own.drop());

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

  it.each([`person-${EMPLOYEE}`, `Person-${EMPLOYEE}`, `name-${NUMBER}`, `x-${EMPLOYEE}`])(
    'is not told by what is made of a person, with a sentence why: %s',
    async (record) => {
      await note(record);
      const text = await look(record);
      expect(text).toContain(WORDS.auditRefused);
      expect(text).not.toContain(WORDS.auditDid['coffee.done']);
    },
  );

  it('is told by nobody’s own number, and in the same words whether or not they use the bot', async () => {
    await note(EMPLOYEE, { did: 'remove', who: 'retention', kind: 'agreement' });
    await own.stores.people.add(aPerson({ person: EMPLOYEE }));
    const known = await look(EMPLOYEE);
    expect(known).toContain(WORDS.auditNone);
    expect(known.replace(EMPLOYEE, '')).toBe((await look(NUMBER)).replace(NUMBER, ''));
    expect(WORDS.auditNone).toMatch(/nummer van een persoon/);
  });

  it('does not tell that somebody was forgotten, also of before', async () => {
    await own.tables.table('audit').insert({
      partitionKey: `${TENANT}|2027-01`,
      rowKey: `${AT}|1`,
      at: AT,
      who: 'retention',
      did: 'remove',
      record: EMPLOYEE,
    });
    expect(await look(EMPLOYEE)).toContain(WORDS.auditNone);
  });

  it('keeps two managers apart who used the same number', async () => {
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
