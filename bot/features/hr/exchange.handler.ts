import { exportCard } from '../../../cards/hr/export.card.js';
import { type ImportData, importCard, importedCard } from '../../../cards/hr/import.card.js';
import { type Reply, show, type VerbHandlers } from '../../reply.js';
import { type Turn, todayOf } from '../../turn.js';
import { changesBetween, exportOf, fingerprint, readImport } from './exchange.rules.js';
import type { HrDeps } from './hr.handler.js';
import { TERM_LIMITS } from './hr.rules.js';
import { type Current, change, current } from './organisation-change.js';

export type HrExchange = VerbHandlers<'hr.export' | 'hr.import' | 'hr.import-check' | 'hr.import-save'>;

/** What HR filled in, out as JSON and in again: looked at first, and saved only as it was looked at. */
export function createHrExchange(deps: HrDeps): HrExchange {
  const form = (turn: Turn, pasted: string, outcome: ImportData['outcome']): Reply =>
    show(importCard(turn.lang, { pasted, outcome }));
  const read = async (turn: Turn, pasted: string, { record }: Current) =>
    readImport(pasted, record, { today: await todayOf(deps, turn), reportsCount: deps.reportsCount });
  const look = async (turn: Turn, pasted: string, now: Current, conflict = false): Promise<Reply> => {
    const { record, problems } = await read(turn, pasted, now);
    if (record === null) return form(turn, pasted, { kind: 'wrong', problems });
    const changes = changesBetween(now.record, record);
    if (changes.length === 0) return form(turn, pasted, { kind: 'same' });
    const seen = fingerprint(pasted);
    const { etag } = now;
    return form(turn, pasted, { kind: 'changes', changes, limits: TERM_LIMITS, seen, etag, conflict });
  };
  return {
    async 'hr.export'(turn) {
      const { record } = await current(deps, turn.tenant);
      return show(exportCard(turn.lang, exportOf(record)));
    },
    'hr.import': async (turn) => form(turn, '', { kind: 'asked' }),
    'hr.import-check': async (turn) => look(turn, turn.data.json, await current(deps, turn.tenant)),
    async 'hr.import-save'(turn) {
      const { json, seen, etag } = turn.data;
      const now = await current(deps, turn.tenant);
      const { record } = await read(turn, json, now);
      // Only what was looked at is saved: another text is looked at first.
      if (record === null || seen !== fingerprint(json)) return look(turn, json, now);
      const after = await change(deps, { turn, etag }, () => record);
      if (after.conflict) return look(turn, json, after, true);
      return show(importedCard(turn.lang));
    },
  };
}
