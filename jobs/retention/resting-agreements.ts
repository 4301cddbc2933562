import type { Agreement } from '../../bot/domain/agreement.js';
import { type RestStep, restStepOf } from '../../bot/domain/agreement-rest.js';
import { dayOf } from '../../bot/domain/calendar.js';
import type { Manager } from '../../bot/domain/manager.js';
import type { RetentionPeriods } from '../../bot/domain/retention-periods.js';
import { writeChange } from '../../bot/services/agreement-writer.js';
import { contextOf } from '../../bot/services/record-writer.js';
import type { Work } from './work.js';

/**
 * Open agreements of one manager to which nobody came back for the term: the manager is asked whether each is still
 * needed, and four weeks later it closes by itself, which both are told. An open agreement would stay for ever otherwise,
 * since its reminders rest after the third; from then on it goes by its term.
 */
export async function restAgreements(
  work: Work,
  manager: Manager,
  { agreements, terms }: { readonly agreements: readonly Agreement[]; readonly terms: RetentionPeriods },
): Promise<void> {
  const today = dayOf(work.at, 'UTC');
  for (const agreement of agreements) {
    const step = restStepOf(agreement, terms, today);
    if (step !== null) await rest(work, manager, agreement.id, step);
  }
}

const DID = { ask: 'ask-resting', close: 'close-resting' } as const;

/** Does it to the record as it is now: whoever came back to it since it was read is not asked. */
async function rest(
  { deps, at, dryRun }: Work,
  manager: Manager,
  id: string,
  { what, since }: RestStep,
): Promise<void> {
  if (dryRun) return deps.print(`${manager.tenant} ${manager.person} ${DID[what]} agreement:${id}`);
  const found = await deps.managers.agreement(manager, id);
  if (found === null) return;
  const context = await contextOf(deps, manager, at);
  const change = { what: what === 'ask' ? 'rest-asked' : 'rested', since } as const;
  const written = await writeChange(deps, { found, change, at: context });
  if (written.kind !== 'done') return;
  await deps.audit.add(manager.tenant, deps.newId(), {
    at,
    who: 'retention',
    did: DID[what],
    record: id,
    kind: 'agreement',
    manager: manager.person,
  });
}
