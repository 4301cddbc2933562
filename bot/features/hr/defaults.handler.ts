import type { DefaultsTyped, MayRecordTyped } from '../../../cards/actions.js';
import { messagesFor } from '../../../cards/content/words.js';
import { defaultsCard } from '../../../cards/hr/defaults.card.js';
import type { HrProblems } from '../../../cards/hr/hr-view.js';
import { managersCard } from '../../../cards/hr/managers.card.js';
import type { Organisation } from '../../domain/organisation.js';
import { type Reply, show, type VerbHandlers } from '../../reply.js';
import type { Turn } from '../../turn.js';
import type { HrDeps } from './hr.handler.js';
import { checkDefaults, checkMayRecord, defaultsAsTyped, TERM_LIMITS } from './hr.rules.js';
import { change, current } from './organisation-change.js';

export type HrDefaults = VerbHandlers<
  'hr.defaults' | 'hr.defaults-save' | 'hr.managers' | 'hr.managers-save'
>;
type Said = {
  readonly etag: string;
  readonly problems?: HrProblems;
  readonly notice?: string;
  readonly now?: Organisation;
};

/** What forms start with, how long what is kept stays, and who may record things. */
export function createHrDefaults(deps: HrDeps): HrDefaults {
  const defaultsForm = (turn: Turn, typed: DefaultsTyped, said: Said): Reply => {
    const { etag, problems = {}, notice = '', now } = said;
    const conflict = now === undefined ? null : defaultsAsTyped(now);
    return show(defaultsCard(turn.lang, { etag, typed, limits: TERM_LIMITS, problems, notice, conflict }));
  };
  const managersForm = (turn: Turn, typed: MayRecordTyped, said: Said): Reply => {
    const { etag, problems = {}, notice = '', now } = said;
    const conflict = now === undefined ? null : { managers: now.managers, listed: now.listed.length };
    const { reportsCount } = deps;
    return show(managersCard(turn.lang, { etag, typed, problems, notice, conflict, reportsCount }));
  };
  return {
    async 'hr.defaults'(turn) {
      const { record, etag } = await current(deps, turn.tenant);
      return defaultsForm(turn, defaultsAsTyped(record), { etag });
    },
    async 'hr.defaults-save'(turn) {
      const { lang: _lang, digest: _digest, etag, ...typed } = turn.data;
      const { value, problems } = checkDefaults(typed);
      if (value === null) return defaultsForm(turn, typed, { etag, problems });
      const edit = (record: Organisation) => ({ ...record, ...value });
      const after = await change(deps, { turn, etag }, edit);
      if (after.conflict) return defaultsForm(turn, typed, { etag: after.etag, now: after.record });
      const notice = messagesFor(turn.lang).hr.saved;
      return defaultsForm(turn, defaultsAsTyped(after.record), { etag: after.etag, notice });
    },
    async 'hr.managers'(turn) {
      const { record, etag } = await current(deps, turn.tenant);
      return managersForm(turn, mayRecordAsTyped(record), { etag });
    },
    async 'hr.managers-save'(turn) {
      const { etag, managers, listed } = turn.data;
      const typed = { managers, listed };
      const { value, problems } = checkMayRecord(typed, deps.reportsCount);
      if (value === null) return managersForm(turn, typed, { etag, problems });
      const edit = (record: Organisation) => ({ ...record, ...value });
      const after = await change(deps, { turn, etag }, edit);
      if (after.conflict) return managersForm(turn, typed, { etag: after.etag, now: after.record });
      const notice = messagesFor(turn.lang).hr.saved;
      return managersForm(turn, mayRecordAsTyped(after.record), { etag: after.etag, notice });
    },
  };
}

function mayRecordAsTyped({ managers, listed }: Organisation): MayRecordTyped {
  return { managers, listed: listed.join(',') };
}
