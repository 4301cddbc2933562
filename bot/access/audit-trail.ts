import { AsyncLocalStorage } from 'node:async_hooks';
import type { Agreement } from '../domain/agreement.js';
import type { AuditedKind, NewAuditEntry } from '../domain/audit-entry.js';
import type { Manager } from '../domain/manager.js';
import type { Member } from '../domain/member.js';
import { codeOf } from '../errors.js';
import type { Log } from '../log.js';
import type { Audit } from '../store/audit.js';
import type { Handovers } from '../store/handovers.js';
import type { Managers } from '../store/managers.js';
import type { Organisations } from '../store/organisation.js';
import type { Scans } from '../store/scans.js';
import { ROW_REFUSED } from '../store/tables/limits.js';
import type { Turn } from '../turn.js';

/** That a row cannot be kept, whenever it is tried. */
function isOfTheEntry(error: unknown): boolean {
  return [ROW_REFUSED, 'http-400', 'http-413'].includes(codeOf(error));
}

/** Who acts, and with which verb. */
type Acting = { readonly turn: Pick<Turn, 'tenant' | 'person' | 'now'>; readonly did: string };
type Noted = { readonly tenant: string; readonly id: string; readonly what: NewAuditEntry };
/** What was written: which kind of record, whose, and their ids. */
type Written = {
  readonly kind: AuditedKind;
  readonly manager: string | null;
  readonly ids: readonly string[];
  /** They are removed, and are not to come back from a backup. */
  readonly gone?: true;
};

export type AuditedWrites = {
  /** The same stores; what is written through them during an act goes on the audit trail. */
  readonly managers: Managers;
  readonly organisations: Organisations;
  readonly handovers: Handovers;
  readonly scans: Scans;
  /** Runs an act of somebody: every record that it really changes is noted with who and what. */
  during<Result>(turn: Acting['turn'], did: string, act: () => Promise<Result>): Promise<Result>;
  /**
   * Notes that this act found a record of a manager's which it had made before, as that was to be noted then: the process
   * may have ended between the two. Noted already, it is noted once.
   */
  noteFound(manager: Manager, record: Pick<Agreement, 'id' | 'createdAt'>): void;
  /** Writes what was noted. */
  flush(): Promise<void>;
};

// One for the process: until Node 24 each that was ever used costs every promise after it, and a test opens many bots.
const acting = new AsyncLocalStorage<Acting>();

/** So many are kept while the tables are away; beyond that the oldest go, and the log says so. */
const MOST_KEPT = 10_000;

/** How long the tables are left alone when an entry could not be written: at first, and at most, after failing again. */
const AGAIN_MS = { first: 1_000, most: 60_000 };

/**
 * Who did what to which record, from the writes themselves: no feature can forget it, and what was not changed is
 * not noted. It is written right after, beside the turn, within which it would be a seventh request; what comes
 * meanwhile goes together. A crash in those milliseconds loses the entry, never the record.
 */
export function auditWrites(deps: {
  readonly managers: Managers;
  readonly organisations: Organisations;
  readonly handovers: Handovers;
  readonly scans: Scans;
  readonly audit: Audit;
  readonly newId: () => string;
  readonly log: Log;
  /** Runs something after so long; 0 is as soon as there is time. */
  readonly schedule: (what: () => void, inMs: number) => void;
}): AuditedWrites {
  const { managers, organisations, handovers, scans, audit, log } = deps;
  let noted: Noted[] = [];
  let planned = false;
  let againMs = AGAIN_MS.first;
  let writing = Promise.resolve();

  const write = async (): Promise<void> => {
    const entries = onceEach(noted);
    noted = [];
    if (entries.length === 0) return;
    const left = await writeAll(entries);
    if (left.length === 0) {
      againMs = AGAIN_MS.first;
      return;
    }
    noted = [...left, ...noted];
    if (noted.length > MOST_KEPT) lost(noted.length - MOST_KEPT);
    noted = noted.slice(-MOST_KEPT);
    plan(againMs);
    againMs = Math.min(2 * againMs, AGAIN_MS.most);
  };
  const lost = (entries: number) =>
    log.error({ code: 'audit-lost', entries }, 'entries of the audit trail are lost');
  /** What is still to be written. One entry that the tables will never take is given up, and holds up no other. */
  const writeAll = async (entries: readonly Noted[]): Promise<readonly Noted[]> => {
    try {
      await audit.addAll(entries);
      return [];
    } catch (error) {
      const [only, ...others] = entries;
      if (!isOfTheEntry(error) || only === undefined) {
        log.error({ code: codeOf(error), entries: entries.length }, 'the audit trail waits');
        return entries;
      }
      if (others.length === 0) {
        lost(1);
        return [];
      }
    }
    // The same entry twice is one, so that those that were written before the bad one may be written again.
    const half = Math.ceil(entries.length / 2);
    return [...(await writeAll(entries.slice(0, half))), ...(await writeAll(entries.slice(half)))];
  };
  // One after the other: what is noted while one is under way goes together in the next.
  const flush = (): Promise<void> => {
    planned = false;
    writing = writing.then(write);
    return writing;
  };
  const plan = (inMs: number) => {
    if (planned) return;
    planned = true;
    deps.schedule(() => void flush(), inMs);
  };
  const note = ({ kind, manager, ids, gone }: Written) => {
    const act = acting.getStore();
    if (act === undefined) return;
    const { tenant, person, now } = act.turn;
    for (const record of ids) {
      const what = { at: now, who: person, did: act.did, record, kind, manager, ...(gone ? { gone } : {}) };
      noted.push({ tenant, id: deps.newId(), what });
    }
    plan(0);
  };
  // By the record itself, so that the same entry comes of it whenever it is noted.
  const noteMade = (
    { person: manager }: Manager,
    { id, createdAt: at }: Pick<Agreement, 'id' | 'createdAt'>,
  ) => {
    const act = acting.getStore();
    if (act === undefined) return;
    const { tenant, person: who } = act.turn;
    noted.push({ tenant, id, what: { at, who, did: act.did, record: id, kind: 'agreement', manager } });
    plan(0);
  };
  const noteOk = async <Result>(result: Promise<Result>, written: Written) => {
    const found = await result;
    if (found === 'ok') note(written);
    return found;
  };
  const agreement = ({ person }: Manager, id: string): Written => written('agreement', person, id);
  const member = ({ person }: Manager, ...ids: readonly string[]): Written =>
    written('member', person, ...ids);
  const moment = ({ person }: Manager, id: string): Written => written('moment', person, id);

  /**
   * A place on a list is noted under a number of its own: its id may hold whose it is, and whoever may look up what was
   * done to a record must not find by it what was done to a person.
   */
  const numbered = (record: Member): Member & { readonly number: string } => ({
    ...record,
    number: record.number ?? deps.newId(),
  });

  return {
    managers: {
      ...managers,
      saveMembers(manager, people) {
        const add = people.add.map(numbered);
        const change = people.change.map(({ record, etag }) => ({ record: numbered(record), etag }));
        const numbers = [...add, ...change.map(({ record }) => record)].map(({ number }) => number);
        return noteOk(managers.saveMembers(manager, { add, change }), member(manager, ...numbers));
      },
      putMembers(manager, records) {
        const people = records.map(numbered);
        const numbers = people.map(({ number }) => number);
        return noteOk(managers.putMembers(manager, people), member(manager, ...numbers));
      },
      changeMember(manager, record, etag) {
        const changed = numbered(record);
        return noteOk(managers.changeMember(manager, changed, etag), member(manager, changed.number));
      },
      takeOff: (manager, place) =>
        noteOk(managers.takeOff(manager, place), member(manager, numbered(place.record).number)),
      async removeMember(manager, id, mustStay) {
        const found = await managers.member(manager, id);
        const numbers = found === null ? [] : [numbered(found.record).number];
        return noteOk(managers.removeMember(manager, id, mustStay), removed(member(manager, ...numbers)));
      },
      async rearrange(manager, changes) {
        const members = changes.members.map(({ record, etag }) => ({ record: numbered(record), etag }));
        const result = await managers.rearrange(manager, { ...changes, members });
        if (result !== 'ok') return result;
        if (members.length > 0) note(member(manager, ...members.map(({ record }) => record.number)));
        for (const { record } of changes.agreements) note(agreement(manager, record.id));
        for (const { record } of changes.moments) note(moment(manager, record.id));
        return result;
      },
      addMoment: (manager, who, record) =>
        noteOk(managers.addMoment(manager, who, record), moment(manager, record.id)),
      changeMoment: (manager, record, etag) =>
        noteOk(managers.changeMoment(manager, record, etag), moment(manager, record.id)),
      removeMoment: (manager, id, etag) =>
        noteOk(managers.removeMoment(manager, id, etag), removed(moment(manager, id))),
      async addAgreement(manager, who, record) {
        const result = await managers.addAgreement(manager, who, record);
        if (result === 'ok') noteMade(manager, record);
        return result;
      },
      changeAgreement: (manager, record, etag) =>
        noteOk(managers.changeAgreement(manager, record, etag), agreement(manager, record.id)),
      removeAgreement: (manager, id, etag) =>
        noteOk(managers.removeAgreement(manager, id, etag), removed(agreement(manager, id))),
    },
    organisations: {
      ...organisations,
      put: (record, etag) =>
        noteOk(organisations.put(record, etag), written('organisation', null, 'organisation')),
    },
    noteFound: noteMade,
    handovers: {
      ...handovers,
      put: (record, etag) =>
        noteOk(handovers.put(record, etag), written('handover', record.leaver, record.id)),
    },
    scans: {
      ...scans,
      // Never an answer, nor that somebody joined: what they answered is nobody's, and when would tell who did.
      add: (scan) => noteOk(scans.add(scan), written('scan', scan.manager, scan.id)),
      async change(scan, etag) {
        const result = await scans.change(scan, etag);
        if (result === 'ok' && acting.getStore()?.turn.person === scan.manager)
          note(written('scan', scan.manager, scan.id));
        return result;
      },
      async close(tenant, id, { now, by }) {
        const closed = await scans.close(tenant, id, { now, by });
        if (closed?.closedAt === now) note(written('scan', closed.manager, id));
        return closed;
      },
      async remove(tenant, id) {
        await scans.remove(tenant, id);
        const act = acting.getStore();
        if (act !== undefined) note(removed(written('scan', act.turn.person, id)));
      },
    },
    during: (turn, did, act) => acting.run({ turn, did }, act),
    flush,
  };
}

/** A transaction takes no row twice. */
function onceEach(entries: readonly Noted[]): Noted[] {
  const byPlace = entries.map((entry): [string, Noted] => [
    `${entry.tenant} ${entry.what.at} ${entry.id}`,
    entry,
  ]);
  return [...new Map(byPlace).values()];
}

function removed(what: Written): Written {
  return { ...what, gone: true };
}

function written(kind: AuditedKind, manager: string | null, ...ids: readonly string[]): Written {
  return { kind, manager, ids };
}
