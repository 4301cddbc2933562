import { longDay } from '../../../cards/dates.js';
import { type AuditLine, auditCard } from '../../../cards/hr/audit.card.js';
import { healthCard } from '../../../cards/hr/health.card.js';
import { oneLine } from '../../../cards/plain.js';
import type { AuditEntry } from '../../domain/audit-entry.js';
import { byManager, isRecordNumber, roleOf, shownEntries } from '../../domain/audit-entry.js';
import { dayOf, timeOf } from '../../domain/calendar.js';
import { show, type VerbHandlers } from '../../reply.js';
import type { StateOfHealth } from '../../services/health-check.js';
import type { Audit } from '../../store/audit.js';
import { STEP } from '../../store/figures.js';
import type { Health } from '../../store/health.js';
import type { People } from '../../store/people.js';
import type { Reminders } from '../../store/reminders.js';
import { type Turn, zoneOf } from '../../turn.js';

export type OversightDeps = {
  readonly health: () => Promise<StateOfHealth>;
  /** How the jobs of the night went. */
  readonly nights: Pick<Health, 'of'>;
  readonly reminders: Pick<Reminders, 'waitingIn'>;
  readonly audit: Audit;
  readonly people: Pick<People, 'get'>;
  /** IANA zone of a person who has not said otherwise. */
  readonly zone: string;
};
/** Under which what HR changes of the organisation is noted. */
const OWN_RECORD = 'organisation';

export type HrOversight = VerbHandlers<'hr.health' | 'hr.audit' | 'hr.audit-own' | 'hr.audit-look'>;

/** How the bot is doing, and what was done to which record. */
export function createHrOversight(deps: OversightDeps): HrOversight {
  /** Instants as whoever looks sees them, in their own zone. */
  const clockOf = async (turn: Turn): Promise<(instant: string) => string> => {
    const zone = await zoneOf(deps, turn);
    return (instant) => `${longDay(turn.lang, dayOf(instant, zone))}, ${timeOf(instant, zone)}`;
  };
  /** HR sees of each other who changed what is the organisation's, of everybody else only as what they acted. */
  const lineOf = (moment: (instant: string) => string, entry: AuditEntry): AuditLine => {
    const role = roleOf(entry);
    const { at, who, did } = entry;
    return { when: moment(at), role, who: did.startsWith('hr.') ? who : null, did };
  };
  /** Of the last night, for this organisation alone; null while there was none. */
  const nightOf = async ({ tenant, now }: Turn, moment: (instant: string) => string) => {
    const night = await deps.nights.of('retention', now);
    if (night === null) return null;
    const { ranAt, failed, skipped } = night.last;
    return { when: moment(ranAt), left: skipped.includes(tenant) || (failed > 0 && skipped.length === 0) };
  };
  const waitingIn = async (tenant: string): Promise<number> => {
    const people = new Set<string>();
    for await (const { reminder } of deps.reminders.waitingIn(tenant)) {
      if (reminder !== null) people.add(reminder.person);
    }
    return STEP * Math.floor(people.size / STEP);
  };
  const look = async (turn: Turn, record: string) => {
    const [person, entries, moment] = await Promise.all([
      deps.people.get(turn.tenant, record),
      deps.audit.of(turn.tenant, record),
      clockOf(turn),
    ]);
    // The same answer as for what is not there: another would say who uses the bot.
    const shown = person === null ? shownEntries(entries) : [];
    const groups = byManager(shown).map((group) => newestFirst(group).map((entry) => lineOf(moment, entry)));
    // The organisation's own is asked for by a button: its number is a word of ours, and no field shows it.
    const own = record === OWN_RECORD;
    return show(auditCard(turn.lang, { record: own ? '' : record, found: { kind: 'entries', groups, own } }));
  };
  return {
    async 'hr.health'(turn) {
      const { version, tables, reminders, ticking, last, gaveUp, setAside, ends } = await deps.health();
      const unknown = { lastTick: null, waiting: null, night: null };
      const known = async () => {
        const moment = await clockOf(turn);
        const [waiting, night] = await Promise.all([waitingIn(turn.tenant), nightOf(turn, moment)]);
        return { lastTick: last === null ? null : moment(last.ranAt), waiting, night };
      };
      return show(
        healthCard(turn.lang, {
          version,
          tables,
          reminders,
          ticking,
          ends,
          behind: last !== null && last.oldestOverdue !== null,
          failed: (last?.failed ?? 0) + gaveUp + setAside > 0,
          // The tables may go away between the two questions.
          ...(tables ? await known().catch(() => unknown) : unknown),
        }),
      );
    },
    'hr.audit': async (turn) => show(auditCard(turn.lang, { record: '', found: { kind: 'asked' } })),
    async 'hr.audit-look'(turn) {
      const record = oneLine(turn.data.record);
      if (record === '') return show(auditCard(turn.lang, { record, found: { kind: 'missing' } }));
      if (!isRecordNumber(record)) return show(auditCard(turn.lang, { record, found: { kind: 'refused' } }));
      return look(turn, record);
    },
    'hr.audit-own': (turn) => look(turn, OWN_RECORD),
  };
}

function newestFirst(entries: readonly AuditEntry[]): readonly AuditEntry[] {
  return [...entries].sort((one, other) => other.at.localeCompare(one.at));
}
