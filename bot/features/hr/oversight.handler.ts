import { longDay } from '../../../cards/dates.js';
import { type AuditLine, auditCard } from '../../../cards/hr/audit.card.js';
import { healthCard } from '../../../cards/hr/health.card.js';
import { oneLine } from '../../../cards/plain.js';
import { dayOf, timeOf } from '../../calendar.js';
import { byManager, isRecordNumber, roleOf, shownEntries } from '../../domain/audit-trail.js';
import { show, type VerbHandlers } from '../../reply.js';
import type { StateOfHealth } from '../../state-of-health.js';
import type { Audit, AuditEntry } from '../../store/audit.js';
import type { Health } from '../../store/health.js';
import type { People } from '../../store/people.js';
import type { Turn } from '../../turn.js';

export type OversightNeeds = {
  readonly health: () => Promise<StateOfHealth>;
  /** How the jobs of the night went. */
  readonly nights: Pick<Health, 'of'>;
  readonly audit: Audit;
  readonly people: Pick<People, 'get'>;
  /** IANA zone of a person who has not said otherwise. */
  readonly zone: string;
};
export type HrOversight = VerbHandlers<'hr.health' | 'hr.audit' | 'hr.audit-look'>;

/** How the bot is doing, in counts, and who did what to which record. */
export function createHrOversight(needs: OversightNeeds): HrOversight {
  const moment = (turn: Turn, instant: string): string =>
    `${longDay(turn.lang, dayOf(instant, needs.zone))}, ${timeOf(instant, needs.zone)}`;
  /** HR sees of each other who changed what is the organisation's, of everybody else only as what they acted. */
  const lineOf = (turn: Turn, entry: AuditEntry): AuditLine => {
    const role = roleOf(entry);
    const { at, who, did } = entry;
    return { when: moment(turn, at), role, who: did.startsWith('hr.') ? who : null, did };
  };
  /** Of the last night, for this organisation alone; null while there was none, or where it cannot be read. */
  const nightOf = async (turn: Turn) => {
    const night = await needs.nights.of('retention').catch(() => null);
    if (night === null) return null;
    const { at, failed, skipped } = night.last;
    return {
      when: moment(turn, at),
      left: skipped.includes(turn.tenant) || (failed > 0 && skipped.length === 0),
    };
  };
  return {
    async 'hr.health'(turn) {
      const { tables, reminders, ticking, last, waiting, gaveUp, setAside } = await needs.health();
      const oldest = last?.oldestOverdue ?? null;
      return show(
        healthCard(turn.lang, {
          tables,
          reminders,
          ticking,
          lastTick: last === null ? null : moment(turn, last.at),
          oldestOverdue: oldest === null ? null : moment(turn, oldest),
          waiting,
          failed: last?.failed ?? null,
          gaveUp,
          setAside,
          night: tables ? await nightOf(turn) : null,
        }),
      );
    },
    'hr.audit': async (turn) => show(auditCard(turn.lang, { record: '', found: { kind: 'asked' } })),
    async 'hr.audit-look'(turn) {
      const record = oneLine(turn.data.record);
      if (record === '') return show(auditCard(turn.lang, { record, found: { kind: 'missing' } }));
      if (!isRecordNumber(record)) return show(auditCard(turn.lang, { record, found: { kind: 'refused' } }));
      const [person, entries] = await Promise.all([
        needs.people.get(turn.tenant, record),
        needs.audit.of(turn.tenant, record),
      ]);
      // The same answer as for what is not there: another would say who uses the bot.
      const shown = person === null ? shownEntries(entries) : [];
      const groups = byManager(shown).map((group) => newestFirst(group).map((entry) => lineOf(turn, entry)));
      return show(auditCard(turn.lang, { record, found: { kind: 'entries', groups } }));
    },
  };
}

function newestFirst(entries: readonly AuditEntry[]): readonly AuditEntry[] {
  return [...entries].sort((one, other) => other.at.localeCompare(one.at));
}
