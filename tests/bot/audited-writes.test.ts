import pino from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AuditedWrites, auditWrites } from '../../bot/audited-writes.js';
import type { Audit } from '../../bot/store/audit.js';
import { newMember } from '../../bot/store/managers.js';
import { type OwnTables, openOwnTables } from '../support/own-tables.js';
import { aMember, anAgreement, EMPLOYEE, MANAGER, TENANT } from '../support/records.js';
import { aTurn } from '../support/turns.js';

const MILA = { tenant: TENANT, person: MANAGER };
const NOW = '2027-01-12T09:00:00.000Z';

let own: OwnTables;
let later: (() => void)[];
let logged: string[];
beforeEach(async () => {
  own = await openOwnTables();
  later = [];
  logged = [];
});
afterEach(() => own.drop());

function writes(audit: Audit = own.stores.audit): AuditedWrites {
  let ids = 0;
  return auditWrites({
    managers: own.stores.managers,
    audit,
    newId: () => {
      ids += 1;
      return `id-${ids}`;
    },
    log: pino({ level: 'debug' }, { write: (line: string) => void logged.push(line) }),
    later: (what) => void later.push(what),
  });
}

describe('what is written during an act', () => {
  it('is noted with who, with what and of which record, and with nothing of what stands in it', async () => {
    const { managers, during, flush } = writes();
    await during(aTurn(), 'agreement.save', () => managers.addAgreement(MILA, aMember(), anAgreement()));
    const found = await own.stores.managers.agreement(MILA, 'agreement-1');
    const sanne = aTurn({ person: EMPLOYEE });
    const confirmed = { ...anAgreement(), answer: 'confirmed' as const };
    await during(sanne, 'about.confirm', () => managers.changeAgreement(MILA, confirmed, found?.etag ?? ''));
    await flush();
    expect(await own.stores.audit.of(TENANT, 'agreement-1')).toEqual([
      { at: NOW, who: MANAGER, did: 'agreement.save', record: 'agreement-1' },
      { at: NOW, who: EMPLOYEE, did: 'about.confirm', record: 'agreement-1' },
    ]);
    expect(JSON.stringify((await own.dump()).audit)).not.toContain('Sanne');
  });

  it('is not noted when it changed nothing, or happened outside any act', async () => {
    const { managers, during, flush } = writes();
    await managers.addAgreement(MILA, aMember(), anAgreement());
    await during(aTurn(), 'agreement.save', () => managers.addAgreement(MILA, aMember(), anAgreement()));
    await during(aTurn(), 'agreement.close', () => managers.changeAgreement(MILA, anAgreement(), 'W/"old"'));
    await flush();
    expect((await own.dump()).audit ?? []).toEqual([]);
  });

  it('costs one request for many, after the turn', async () => {
    const { managers, during, flush } = writes();
    const names = Array.from({ length: 50 }, (_, at) => newMember(`name-${at}`, `Name ${at}`, null));
    const before = own.tables.requests();
    await during(aTurn(), 'coffee.save', () => managers.putMembers(MILA, names));
    expect(own.tables.requests() - before).toBe(1);
    expect(later).toHaveLength(1);
    await flush();
    expect(own.tables.requests() - before).toBe(2);
    expect((await own.dump()).audit).toHaveLength(50);
  });

  it('goes together when it comes while another is being written, and a flush waits for both', async () => {
    const asked: number[] = [];
    let letGo = (): void => undefined;
    const first = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const audit: Audit = {
      ...own.stores.audit,
      addAll: async (entries) => {
        asked.push(entries.length);
        if (asked.length === 1) await first;
        await own.stores.audit.addAll(entries);
      },
    };
    const { managers, during, flush } = writes(audit);
    const put = (id: string) =>
      during(aTurn(), 'coffee.save', () => managers.putMembers(MILA, [newMember(id, id, null)]));
    await put('one');
    const under = flush();
    await put('two');
    await put('three');
    const all = flush();
    letGo();
    await Promise.all([under, all]);
    expect(asked).toEqual([1, 2]);
    expect((await own.dump()).audit).toHaveLength(3);
  });

  it('waits while the tables are away, and is written once they are back', async () => {
    let away = true;
    const audit: Audit = {
      ...own.stores.audit,
      addAll: async (entries) => {
        if (away) throw new Error('away');
        await own.stores.audit.addAll(entries);
      },
    };
    const { managers, during, flush } = writes(audit);
    await during(aTurn(), 'coffee.save', () => managers.putMembers(MILA, [aMember()]));
    await flush();
    expect((await own.dump()).audit ?? []).toEqual([]);
    expect(logged.join()).toContain('the audit trail waits');
    away = false;
    expect(later.length).toBeGreaterThan(1);
    await flush();
    await flush();
    expect((await own.dump()).audit).toHaveLength(1);
  });
});
