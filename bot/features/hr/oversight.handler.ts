import { longDay } from '../../../cards/dates.js';
import { auditCard } from '../../../cards/hr/audit.card.js';
import { healthCard } from '../../../cards/hr/health.card.js';
import { oneLine } from '../../../cards/plain.js';
import { dayOf, timeOf } from '../../calendar.js';
import { isEntraId } from '../../field-rules.js';
import { show, type VerbHandlers } from '../../reply.js';
import type { StateOfHealth } from '../../state-of-health.js';
import type { Audit } from '../../store/audit.js';
import type { Health } from '../../store/health.js';
import type { Turn } from '../../turn.js';

export type OversightNeeds = {
  readonly health: () => Promise<StateOfHealth>;
  /** How the jobs of the night went. */
  readonly nights: Pick<Health, 'of'>;
  readonly audit: Audit;
  /** IANA zone of a person who has not said otherwise. */
  readonly zone: string;
};
export type HrOversight = VerbHandlers<'hr.health' | 'hr.audit' | 'hr.audit-look'>;

/** How the bot is doing, in counts, and who did what to which record. */
export function createHrOversight(needs: OversightNeeds): HrOversight {
  const moment = (turn: Turn, instant: string): string =>
    `${longDay(turn.lang, dayOf(instant, needs.zone))}, ${timeOf(instant, needs.zone)}`;
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
    'hr.audit': async (turn) => show(auditCard(turn.lang, { record: '', entries: null })),
    async 'hr.audit-look'(turn) {
      const record = oneLine(turn.data.record);
      const found = record === '' ? [] : await needs.audit.of(turn.tenant, record);
      const newest = [...found].sort((one, other) => other.at.localeCompare(one.at));
      const entries = newest.map(({ at, who, did }) => ({
        when: moment(turn, at),
        who: isEntraId(who) ? who : null,
        did,
      }));
      return show(auditCard(turn.lang, { record, entries }));
    },
  };
}
