import { codeOf } from '../../bot/errors.js';
import type { Health } from '../../bot/store/health.js';
import { type DueRow, dueOf } from '../../bot/store/reminders.js';
import type { Tables } from '../../bot/store/tables.js';
import type { Job, JobResult, JobRun } from '../job.js';
import { byPerson, type DuePerson } from './due.js';
import { planFor, type SendNeeds, sendTo, type Tally } from './send.js';

export type RemindersNeeds = SendNeeds & {
  readonly tables: Tables;
  readonly health: Health;
  /** Milliseconds that only go up, to say how long it took. */
  readonly ticks: () => number;
  readonly instance: string;
  /** Where a dry run says what it would send: a line for each message, ids only. */
  readonly tell: (line: string) => void;
};

/** People served at the same time: enough to hide the network's waiting, far below Teams' 50 a second. */
const AT_ONCE = 8;

/** Sends everything that is due. Running it again, late or twice changes nothing: the tables say what is left. */
export function createRemindersJob(needs: RemindersNeeds): Job {
  return { name: 'reminders', run: (how) => run(needs, how) };
}

async function run(needs: RemindersNeeds, { at, dryRun }: JobRun): Promise<JobResult> {
  const started = needs.ticks();
  const requestsBefore = needs.tables.requests();
  const rows: DueRow[] = [];
  for await (const row of needs.reminders.due(at)) rows.push(row);
  const { people, unreadable } = byPerson(rows);
  for (const { stored } of unreadable) {
    needs.log.error(
      { code: 'unreadable-reminder', due: dueOf(stored) },
      'a reminder cannot be read and stays where it is',
    );
  }
  const total: Tally = { sent: 0, digests: 0, dropped: 0, deferred: 0, failed: unreadable.length };
  for (let from = 0; from < people.length; from += AT_ONCE) {
    const batch = people.slice(from, from + AT_ONCE);
    const tallies = await Promise.all(
      batch.map((due) => (dryRun ? tellOnly(needs, due, at) : sendGuarded(needs, due, at))),
    );
    for (const tally of tallies) add(total, tally);
  }
  const result: JobResult = {
    job: 'reminders',
    at,
    due: rows.length,
    claimed: dryRun ? 0 : rows.length - unreadable.length,
    ...total,
    tableRequests: needs.tables.requests() - requestsBefore,
    ms: Math.round(needs.ticks() - started),
  };
  if (!dryRun) {
    const left = total.deferred > 0 || total.failed > 0;
    const [oldest] = rows.map((row) => dueOf(row.stored)).sort();
    await needs.health.record('reminders', needs.instance, {
      at,
      due: result.due,
      sent: total.sent,
      deferred: total.deferred,
      failed: total.failed,
      oldestOverdue: left ? (oldest ?? null) : null,
    });
  }
  return result;
}

/** One person's trouble is not another's: what fails for one waits for the next run. */
async function sendGuarded(needs: RemindersNeeds, due: DuePerson, at: string): Promise<Tally> {
  try {
    return await sendTo(needs, due, at);
  } catch (error) {
    needs.log.error({ code: codeOf(error) }, 'reminders of one person failed');
    return { sent: 0, digests: 0, dropped: 0, deferred: 0, failed: due.rows.length };
  }
}

async function tellOnly(needs: RemindersNeeds, due: DuePerson, at: string): Promise<Tally> {
  const plan = await planFor(needs, due, at);
  let sent = 0;
  for (const message of plan.messages) {
    const what = message.rows.map((row) => `${row.reminder.kind}:${row.reminder.subject}`).join(' ');
    needs.tell(`${due.tenant} ${due.person} ${message.kind} ${what}`);
    sent += message.rows.length;
  }
  const digests = plan.messages.filter((message) => message.kind === 'digest').length;
  return { sent, digests, dropped: plan.dropped.length, deferred: 0, failed: 0 };
}

function add(total: Tally, tally: Tally): void {
  for (const name of Object.keys(total) as (keyof Tally)[]) total[name] += tally[name];
}
