import { AsyncLocalStorage } from 'node:async_hooks';
import type { Agreement } from '../domain/agreement.js';
import type { AuditedKind } from '../domain/audit-entry.js';
import type { Manager } from '../domain/manager.js';
import type { Member } from '../domain/member.js';
import type { Handovers } from '../store/handovers.js';
import type { Managers } from '../store/managers.js';
import type { Organisations } from '../store/organisation.js';
import type { Scans } from '../store/scans.js';
import type { Turn } from '../turn.js';
import { type AuditQueueDeps, createAuditQueue } from './audit-queue.js';

/** Who acts, and with which verb. */
type Acting = { readonly turn: Pick<Turn, 'tenant' | 'person' | 'now'>; readonly did: string };
/** What was written: which kind of record, whose, and their ids. */
type Written = {
  readonly kind: AuditedKind;
  readonly manager: string | null;
  readonly ids: readonly string[];
  /** They are removed, and are not to come back from a backup. */
  readonly gone?: true;
};
type Made = Pick<Agreement, 'id' | 'createdAt'>;

type AuditedStores = {
  readonly managers: Managers;
  readonly organisations: Organisations;
  readonly handovers: Handovers;
  readonly scans: Scans;
};

/** The same stores; what is written through them during an act goes on the audit trail. */
export type AuditedWrites = AuditedStores & {
  /** Runs an act of somebody: every record that it really changes is noted with who and what. */
  during<Result>(turn: Acting['turn'], did: string, act: () => Promise<Result>): Promise<Result>;
  /**
   * Notes that this act found a record of a manager's which it had made before, as that was to be noted then: the process
   * may have ended between the two. Noted already, it is noted once.
   */
  noteFound(manager: Manager, record: Made): void;
  /** Writes what was noted. */
  flush(): Promise<void>;
};

/** How the stores tell what was written. Outside an act nothing is noted. */
type Notes = {
  readonly newId: () => string;
  /** Who acts; null outside an act. */
  actor(): string | null;
  note(written: Written): void;
  /** By the record itself, so that the same entry comes of it whenever it is noted. */
  noteMade(manager: Manager, record: Made): void;
};

/**
 * Who did what to which record, from the writes themselves: no feature can forget it, and what was not changed is
 * not noted. It is written right after, beside the turn, within which it would be a seventh request; what comes
 * meanwhile goes together. A crash in those milliseconds loses the entry, never the record.
 */
export function auditWrites(
  deps: AuditedStores & AuditQueueDeps & { readonly newId: () => string },
): AuditedWrites {
  const acting = new AsyncLocalStorage<Acting>();
  const queue = createAuditQueue(deps);
  const notes = createNotes(acting, queue, deps.newId);
  return {
    managers: auditedManagers(deps.managers, notes),
    organisations: auditedOrganisations(deps.organisations, notes),
    handovers: auditedHandovers(deps.handovers, notes),
    scans: auditedScans(deps.scans, notes),
    noteFound: notes.noteMade,
    during: (turn, did, act) => acting.run({ turn, did }, act),
    flush: queue.flush,
  };
}

function createNotes(
  acting: AsyncLocalStorage<Acting>,
  queue: ReturnType<typeof createAuditQueue>,
  newId: () => string,
): Notes {
  return {
    newId,
    actor: () => acting.getStore()?.turn.person ?? null,
    note({ kind, manager, ids, gone }) {
      const act = acting.getStore();
      if (act === undefined) return;
      const { tenant, person: who, now: at } = act.turn;
      const of = { at, who, did: act.did, kind, manager, ...(gone ? { gone } : {}) };
      queue.add(ids.map((record) => ({ tenant, id: newId(), what: { ...of, record } })));
    },
    noteMade({ person: manager }, { id, createdAt: at }) {
      const act = acting.getStore();
      if (act === undefined) return;
      const { tenant, person: who } = act.turn;
      queue.add([{ tenant, id, what: { at, who, did: act.did, record: id, kind: 'agreement', manager } }]);
    },
  };
}

async function noteOk<Result>(writing: Promise<Result>, written: Written, notes: Notes): Promise<Result> {
  const result = await writing;
  if (result === 'ok') notes.note(written);
  return result;
}

function auditedManagers(managers: Managers, notes: Notes): Managers {
  const ok = <Result>(writing: Promise<Result>, what: Written) => noteOk(writing, what, notes);
  /**
   * A place on a list is noted under a number of its own: its id may hold whose it is, and whoever may look up what was
   * done to a record must not find by it what was done to a person.
   */
  const numbered = (record: Member): Member & { readonly number: string } => ({
    ...record,
    number: record.number ?? notes.newId(),
  });
  return {
    ...managers,
    saveMembers(manager, people) {
      const add = people.add.map(numbered);
      const change = people.change.map(({ record, etag }) => ({ record: numbered(record), etag }));
      const numbers = [...add, ...change.map(({ record }) => record)].map(({ number }) => number);
      return ok(managers.saveMembers(manager, { add, change }), ofMembers(manager, ...numbers));
    },
    putMembers(manager, records) {
      const people = records.map(numbered);
      const numbers = people.map(({ number }) => number);
      return ok(managers.putMembers(manager, people), ofMembers(manager, ...numbers));
    },
    changeMember(manager, record, etag) {
      const changed = numbered(record);
      return ok(managers.changeMember(manager, changed, etag), ofMembers(manager, changed.number));
    },
    takeOff: (manager, place) =>
      ok(managers.takeOff(manager, place), ofMembers(manager, numbered(place.record).number)),
    async removeMember(manager, id, mustStay) {
      const found = await managers.member(manager, id);
      const numbers = found === null ? [] : [numbered(found.record).number];
      return ok(managers.removeMember(manager, id, mustStay), removed(ofMembers(manager, ...numbers)));
    },
    async rearrange(manager, changes) {
      const members = changes.members.map(({ record, etag }) => ({ record: numbered(record), etag }));
      const result = await managers.rearrange(manager, { ...changes, members });
      if (result !== 'ok') return result;
      if (members.length > 0) notes.note(ofMembers(manager, ...members.map(({ record }) => record.number)));
      for (const { record } of changes.agreements) notes.note(ofAgreement(manager, record.id));
      for (const { record } of changes.moments) notes.note(ofMoment(manager, record.id));
      return result;
    },
    addMoment: (manager, who, record) =>
      ok(managers.addMoment(manager, who, record), ofMoment(manager, record.id)),
    changeMoment: (manager, record, etag) =>
      ok(managers.changeMoment(manager, record, etag), ofMoment(manager, record.id)),
    removeMoment: (manager, id, etag) =>
      ok(managers.removeMoment(manager, id, etag), removed(ofMoment(manager, id))),
    async addAgreement(manager, who, record) {
      const result = await managers.addAgreement(manager, who, record);
      if (result === 'ok') notes.noteMade(manager, record);
      return result;
    },
    changeAgreement: (manager, record, etag) =>
      ok(managers.changeAgreement(manager, record, etag), ofAgreement(manager, record.id)),
    removeAgreement: (manager, id, etag) =>
      ok(managers.removeAgreement(manager, id, etag), removed(ofAgreement(manager, id))),
  };
}

function auditedOrganisations(organisations: Organisations, notes: Notes): Organisations {
  return {
    ...organisations,
    put: (record, etag) =>
      noteOk(organisations.put(record, etag), written('organisation', null, 'organisation'), notes),
  };
}

function auditedHandovers(handovers: Handovers, notes: Notes): Handovers {
  return {
    ...handovers,
    put: (record, etag) =>
      noteOk(handovers.put(record, etag), written('handover', record.leaver, record.id), notes),
  };
}

function auditedScans(scans: Scans, notes: Notes): Scans {
  return {
    ...scans,
    // Never an answer, nor that somebody joined: what they answered is nobody's, and when would tell who did.
    add: (scan) => noteOk(scans.add(scan), written('scan', scan.manager, scan.id), notes),
    async change(scan, etag) {
      const result = await scans.change(scan, etag);
      if (result === 'ok' && notes.actor() === scan.manager)
        notes.note(written('scan', scan.manager, scan.id));
      return result;
    },
    async close(tenant, id, { now, by }) {
      const closed = await scans.close(tenant, id, { now, by });
      if (closed?.closedAt === now) notes.note(written('scan', closed.manager, id));
      return closed;
    },
    async remove(tenant, id) {
      await scans.remove(tenant, id);
      notes.note(removed(written('scan', notes.actor(), id)));
    },
  };
}

function ofAgreement({ person }: Manager, id: string): Written {
  return written('agreement', person, id);
}

function ofMembers({ person }: Manager, ...ids: readonly string[]): Written {
  return written('member', person, ...ids);
}

function ofMoment({ person }: Manager, id: string): Written {
  return written('moment', person, id);
}

function removed(what: Written): Written {
  return { ...what, gone: true };
}

function written(kind: AuditedKind, manager: string | null, ...ids: readonly string[]): Written {
  return { kind, manager, ids };
}
