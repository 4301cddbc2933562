import { describe, expect, it } from 'vitest';
import type { AuditEntry } from '../../../bot/domain/audit-entry.js';
import { byManager, isRecordNumber, roleOf, shownEntries } from '../../../bot/domain/audit-entry.js';
import { faultsOf } from '../../support/faults.js';
import { EMPLOYEE, MANAGER } from '../../support/sample-records.js';

const entry = (changes: Partial<AuditEntry> = {}): AuditEntry => ({
  at: '2027-01-12T09:00:00.000Z',
  who: MANAGER,
  did: 'agreement.save',
  record: 'agreement-1',
  kind: 'agreement',
  manager: MANAGER,
  ...changes,
});
const legacy = (changes: Partial<AuditEntry>) => entry({ kind: null, manager: null, ...changes });

describe('the number of a record', () => {
  it('is known from what is none', async () => {
    expect(
      await faultsOf(
        [
          ['of an agreement', '4f9e0b1a-1111-4222-8333-444455556666', true],
          ['of what HR filled in', 'organisation', true],
          ['of a place made of a person', `person-${EMPLOYEE}`, false],
          ['of a place made of a person, in capitals', `PERSON-${EMPLOYEE.toUpperCase()}`, false],
          ['of a place made of a name', 'name-4f9e0b1a-1111-4222-8333-444455556666', false],
          ['with a person in the middle of it', `x${EMPLOYEE}`, false],
          ['with a person and something behind it', `${EMPLOYEE} `.concat('x'), false],
          ['with two people', `${EMPLOYEE}${MANAGER}`, false],
        ],
        (_what, text, isOne) => {
          expect(isRecordNumber(text)).toBe(isOne);
        },
      ),
    ).toEqual([]);
  });
});

describe('what is shown of the audit trail', () => {
  it('is as what somebody did it: the manager, the employee, HR or the bot', async () => {
    expect(
      await faultsOf(
        [
          ['agreement.save', MANAGER, 'manager'],
          ['coffee.done', MANAGER, 'manager'],
          ['removal.grant', MANAGER, 'manager'],
          ['about.confirm', EMPLOYEE, 'employee'],
          ['removal.send', EMPLOYEE, 'employee'],
          ['removal.withdraw', EMPLOYEE, 'employee'],
          ['hr.import-save', EMPLOYEE, 'hr'],
          ['leaver.move', EMPLOYEE, 'hr'],
          ['remove', 'retention', 'bot'],
          ['__proto__', MANAGER, 'manager'],
          ['constructor.x', MANAGER, 'manager'],
        ],
        (did, who, role) => {
          expect(roleOf({ did, who })).toBe(role);
        },
      ),
    ).toEqual([]);
  });

  it('is not that a person was forgotten, who stood there under their own id', () => {
    const forgotten = legacy({ who: 'retention', did: 'remove', record: EMPLOYEE });
    expect(shownEntries([forgotten])).toEqual([]);
    expect(shownEntries([entry({ kind: 'person', who: 'retention', did: 'remove' })])).toEqual([]);
  });

  it('goes on with what was noted before it was noted what a record is, or whose', () => {
    const before = [legacy({}), legacy({ who: 'retention', did: 'remove' })];
    expect(shownEntries(before)).toEqual(before);
    const ofHr = [legacy({ did: 'hr.defaults-save', record: 'organisation' })];
    expect(shownEntries(ofHr)).toEqual(ofHr);
    expect(byManager([legacy({}), entry()])).toEqual([[legacy({}), entry()]]);
    expect(byManager([])).toEqual([]);
  });

  it('keeps two managers apart who used the same number', () => {
    const other = entry({ manager: EMPLOYEE, who: EMPLOYEE });
    expect(byManager([entry(), other, entry()])).toEqual([[entry(), entry()], [other]]);
    expect(byManager([legacy({}), entry(), other])).toEqual([[legacy({})], [entry()], [other]]);
  });
});
