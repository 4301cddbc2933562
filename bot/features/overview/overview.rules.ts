import { OPEN_GROUPS, type OpenGroup, type OpenThing } from '../../../cards/overview/overview.card.js';
import type { Agreement } from '../../domain/agreement.js';
import { openRequest } from '../../domain/agreement.js';
import { addDays, type Day, weekdayOf } from '../../domain/calendar.js';
import { isCoffeeContact } from '../../domain/coffee.js';
import { openErasureRequest } from '../../domain/erasure-request.js';
import type { ManagerRecords } from '../../domain/manager.js';
import { openMomentRequest } from '../../domain/moment-request.js';
import { tipsOf } from '../../domain/reminders/moment-reminders.js';
import { isRunning } from '../../domain/scan.js';

/** Everything open that a manager keeps, most urgent first. A thing stands once, where it is most urgent. */
export function openThings(
  {
    agreements,
    members,
    moments,
    scans,
  }: Pick<ManagerRecords, 'agreements' | 'members' | 'moments' | 'scans'>,
  today: Day,
): readonly OpenThing[] {
  const evaluations = agreements
    .filter(({ status }) => status === 'open')
    .map(
      (agreement): OpenThing => ({
        kind: 'evaluation',
        agreement,
        day: agreement.nextDay,
        group: groupOf(agreement, today),
      }),
    );
  const removals = agreements.flatMap((agreement): OpenThing[] => {
    const removal = openErasureRequest(agreement);
    if (removal === null) return [];
    return [{ kind: 'removal', agreement, day: removal.by, group: 'asked' }];
  });
  // An open one tells of it on its own line.
  const requests = agreements.flatMap((agreement): OpenThing[] => {
    const request = agreement.status === 'closed' ? openRequest(agreement) : null;
    if (request === null) return [];
    return [{ kind: 'request', agreement, day: request.askedAt.slice(0, 10), group: 'asked' }];
  });
  const coffees = members.flatMap((member): OpenThing[] => {
    if (!isCoffeeContact(member)) return [];
    const { nextDay } = member;
    return [{ kind: 'coffee', member, day: nextDay, group: byDay(nextDay, today) }];
  });
  const tips = moments
    .filter(({ status }) => status === 'open')
    .flatMap((moment): OpenThing[] => {
      const next = tipsOf(moment).find(({ day }) => day >= today);
      if (next === undefined) return [];
      const view = { ...moment, nextDay: next.day };
      return [{ kind: 'moment', moment: view, day: next.day, group: byDay(next.day, today) }];
    });
  const asked = moments.flatMap((moment): OpenThing[] => {
    const request = openMomentRequest(moment);
    if (request === null) return [];
    const view = { ...moment, nextDay: null };
    return [{ kind: 'moment-request', moment: view, day: request.by, group: 'asked' }];
  });
  // While people answer there is nothing to do but wait; after that it closes by itself.
  const running = scans.filter(isRunning).map((scan): OpenThing => {
    const isOpen = scan.status === 'open';
    const day = isOpen ? scan.lastDay : (scan.nextDay ?? scan.lastDay);
    return { kind: 'scan', scan, day, group: isOpen && day >= today ? 'waiting' : byDay(day, today) };
  });
  const rank = (thing: OpenThing) => `${OPEN_GROUPS.indexOf(thing.group)}|${thing.day}`;
  return [...removals, ...asked, ...requests, ...evaluations, ...running, ...coffees, ...tips].sort(
    (one, other) => rank(one).localeCompare(rank(other)),
  );
}

/** The id of whom a thing is about. */
export function memberOf(
  thing: OpenThing,
  { agreements, moments }: Pick<ManagerRecords, 'agreements' | 'moments'>,
): string {
  switch (thing.kind) {
    case 'evaluation':
    case 'removal':
    case 'request':
      return agreements.find(({ id }) => id === thing.agreement.id)?.member ?? '';
    case 'scan':
      return '';
    case 'coffee':
      return thing.member.id;
    case 'moment':
    case 'moment-request':
      return moments.find(({ id }) => id === thing.moment.id)?.member ?? '';
  }
}

function groupOf(agreement: Agreement, today: Day): OpenGroup {
  const group = byDay(agreement.nextDay, today);
  if (group === 'overdue' || group === 'today') return group;
  if (agreement.undelivered !== null) return 'undelivered';
  if (openRequest(agreement) !== null) return 'asked';
  return ['shared', 'waiting', 'on-its-way', 'change-asked'].includes(agreement.answer) ? 'waiting' : group;
}

function byDay(day: Day, today: Day): OpenGroup {
  if (day < today) return 'overdue';
  if (day === today) return 'today';
  const sunday = addDays(today, 7 - weekdayOf(today));
  return day <= sunday ? 'week' : 'later';
}
