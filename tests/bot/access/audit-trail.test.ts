import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AuditedWrites, auditWrites } from '../../../bot/access/audit-trail.js';
import { newMember } from '../../../bot/domain/member.js';
import { momentSchema } from '../../../bot/domain/moment.js';
import { CodedError } from '../../../bot/errors.js';
import type { Audit } from '../../../bot/store/audit.js';
import { type OwnTables, openMemoryOwnTables } from '../../support/azure/temporary-tables.js';
import { logInto } from '../../support/recording-log.js';
import { aMember, anAgreement, EMPLOYEE, MANAGER, TENANT } from '../../support/sample-records.js';
import { aTurn } from '../../support/sample-turns.js';

const MILA = { tenant: TENANT, person: MANAGER };
const NOW = '2027-01-12T09:00:00.000Z';

let own: OwnTables;
let later: (() => void)[];
/** After how long each was to be run. */
let waits: number[];
let logged: string[];
beforeEach(async () => {
  own = openMemoryOwnTables();
  later = [];
  waits = [];
  logged = [];
});
afterEach(() => own.drop());

function writes(audit: Audit = own.stores.audit): AuditedWrites {
  let ids = 0;
  return auditWrites({
    managers: own.stores.managers,
    organisations: own.stores.organisations,
    handovers: own.stores.handovers,
    scans: own.stores.scans,
    audit,
    newId: () => {
      ids += 1;
      return `id-${ids}`;
    },
    log: logInto(logged),
    schedule: (what, inMs) => {
      later.push(what);
      waits.push(inMs);
    },
  });
}

describe('what is written during an act', () => {
  it('is noted with who, with what and of which record, and with nothing of what stands in it', async () => {
    const { managers, during, flush } = writes();
    const made = anAgreement();
    await during(aTurn(), 'agreement.save', () => managers.addAgreement(MILA, aMember(), made));
    const found = await own.stores.managers.agreement(MILA, 'agreement-1');
    const sanne = aTurn({ person: EMPLOYEE });
    const confirmed = { ...anAgreement(), answer: 'confirmed' as const };
    await during(sanne, 'about.confirm', () => managers.changeAgreement(MILA, confirmed, found?.etag ?? ''));
    await flush();
    const of = { record: 'agreement-1', kind: 'agreement', manager: MANAGER };
    expect(await own.stores.audit.of(TENANT, 'agreement-1')).toEqual([
      { at: made.createdAt, who: MANAGER, did: 'agreement.save', ...of },
      { at: NOW, who: EMPLOYEE, did: 'about.confirm', ...of },
    ]);
    expect(JSON.stringify((await own.dump()).audit)).not.toContain('Sanne');
  });

  it('is noted of a place on a list under a number that stays, and never under whose place it is', async () => {
    const { managers, during, flush } = writes();
    const act = (did: string, what: () => Promise<unknown>) => during(aTurn(), did, what);
    await act('coffee.save', () => managers.saveMembers(MILA, { add: [aMember()], change: [] }));
    const added = await own.stores.managers.member(MILA, aMember().id);
    const number = added?.record.number ?? '';
    expect(number).not.toBe('');
    await act('coffee.done', () =>
      managers.changeMember(
        MILA,
        { ...(added?.record ?? aMember()), lastDay: '2027-01-12' },
        added?.etag ?? '',
      ),
    );
    await act('coffee.stop', () => managers.removeMember(MILA, aMember().id, () => false));
    await flush();
    expect(await own.stores.audit.of(TENANT, number)).toMatchObject([
      { did: 'coffee.save' },
      { did: 'coffee.done' },
      { did: 'coffee.stop' },
    ]);
    expect(JSON.stringify((await own.dump()).audit)).not.toContain(EMPLOYEE);
  });

  it('is noted with that it went for good, where it did, and without that where it was changed', async () => {
    const { managers, scans, during, flush } = writes();
    await managers.addAgreement(MILA, aMember({ number: 'number-1' }), anAgreement());
    const [found] = (await managers.versioned(MILA)).agreements;
    const moment = momentSchema.parse({
      ...{ id: 'moment-1', member: aMember().id, memberName: 'Sanne', kind: 'leave', from: '2027-02-01' },
      ...{ until: null, contact: false, status: 'open', createdAt: NOW, changedAt: NOW, version: 1 },
    });
    await managers.addMoment(MILA, aMember(), moment);
    const act = (did: string, what: () => Promise<unknown>) => during(aTurn(), did, what);
    await act('change', () => managers.changeAgreement(MILA, anAgreement(), found?.etag ?? ''));
    await act('remove', () => managers.removeAgreement(MILA, 'agreement-1'));
    await act('remove', () => managers.removeMoment(MILA, moment.id));
    await act('remove', () => managers.removeMember(MILA, aMember().id, () => false));
    await act('remove', () => scans.remove(TENANT, 'scan-1'));
    await flush();
    const noted = (await own.dump()).audit ?? [];
    expect(noted.map(({ kind, did, gone }) => [kind, did, gone]).sort()).toEqual([
      ['agreement', 'change', undefined],
      ['agreement', 'remove', true],
      ['member', 'remove', true],
      ['moment', 'remove', true],
      ['scan', 'remove', true],
    ]);
  });

  it('is noted of a place of before there were numbers from its next change on', async () => {
    const { managers, during, flush } = writes();
    await own.stores.managers.putMembers(MILA, [aMember()]);
    const old = await own.stores.managers.member(MILA, aMember().id);
    expect(old?.record.number).toBeNull();
    const change = { record: { ...aMember(), coffees: 1 }, etag: old?.etag ?? '' };
    await during(aTurn(), 'coffee.done', () => managers.saveMembers(MILA, { add: [], change: [change] }));
    await flush();
    const number = (await own.stores.managers.member(MILA, aMember().id))?.record.number ?? '';
    expect(await own.stores.audit.of(TENANT, number)).toHaveLength(1);
  });

  it('is not noted when it changed nothing, or happened outside any act', async () => {
    const { managers, during, flush } = writes();
    await managers.addAgreement(MILA, aMember(), anAgreement());
    await during(aTurn(), 'agreement.save', () => managers.addAgreement(MILA, aMember(), anAgreement()));
    await during(aTurn(), 'agreement.close', () => managers.changeAgreement(MILA, anAgreement(), 'W/"old"'));
    await flush();
    expect((await own.dump()).audit ?? []).toEqual([]);
  });

  it('is noted of what HR fills in, too', async () => {
    const { organisations, during, flush } = writes();
    const { record } = await organisations.get(TENANT);
    await during(aTurn(), 'hr.defaults-save', () => organisations.put(record, null));
    await during(aTurn(), 'hr.defaults-save', () => organisations.put(record, null));
    await flush();
    expect(await own.stores.audit.of(TENANT, 'organisation')).toEqual([
      {
        at: NOW,
        who: MANAGER,
        did: 'hr.defaults-save',
        record: 'organisation',
        kind: 'organisation',
        manager: null,
      },
    ]);
  });

  it('is noted once when it is found to be made before, and when that was not noted then', async () => {
    const { managers, during, noteFound, flush } = writes();
    const made = anAgreement();
    // The process ended after the write and before the note.
    await managers.addAgreement(MILA, aMember(), made);
    await during(aTurn({ now: '2027-01-12T09:00:05.000Z' }), 'agreement.save', async () =>
      noteFound(MILA, made),
    );
    await flush();
    await during(aTurn({ now: '2027-01-12T09:00:09.000Z' }), 'agreement.save', async () => {
      noteFound(MILA, made);
      noteFound(MILA, made);
    });
    await flush();
    const entry = { at: made.createdAt, who: MANAGER, did: 'agreement.save', record: 'agreement-1' };
    expect(await own.stores.audit.of(TENANT, 'agreement-1')).toMatchObject([entry]);
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

  it('is tried ever more seldom while the tables are away, and soon again when they were back', async () => {
    let away = true;
    const audit: Audit = {
      ...own.stores.audit,
      addAll: async () => {
        if (away) throw new Error('away');
      },
    };
    const { managers, during, flush } = writes(audit);
    const put = () => during(aTurn(), 'coffee.save', () => managers.putMembers(MILA, [aMember()]));
    await put();
    for (let tried = 0; tried < 9; tried += 1) await flush();
    expect(waits.filter((ms) => ms > 0)).toEqual(
      [1, 2, 4, 8, 16, 32, 60, 60, 60].map((seconds) => seconds * 1_000),
    );
    away = false;
    await flush();
    away = true;
    await put();
    await flush();
    expect(waits.at(-1)).toBe(1_000);
  });

  it('is not held up by an entry that the tables will never take: that one is given up, aloud', async () => {
    const bad = 'bad';
    const { managers, during, flush } = writes({
      ...own.stores.audit,
      addAll: async (entries) => {
        if (entries.some(({ what }) => what.record === bad)) throw new CodedError('table-limit', 'refused');
        await own.stores.audit.addAll(entries);
      },
    });
    for (const id of ['one', 'two', 'three', bad, 'four'])
      await during(aTurn(), 'agreement.save', () =>
        managers.addAgreement(MILA, aMember(), anAgreement({ id })),
      );
    await flush();
    const records = ((await own.dump()).audit ?? []).map(({ record }) => record).sort();
    expect(records).toEqual(['four', 'one', 'three', 'two']);
    expect(logged.join()).toContain('"code":"audit-lost","entries":1');
    await flush();
    expect((await own.dump()).audit).toHaveLength(4);
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
