import { addDays, dayOf, timeOf, weekdayOf } from '../../../dist/bot/domain/calendar.js';

/** What is agreed: such a digest may come beyond the three of a week. */
const AGREED = ['evaluation', 'evaluation-initiative', 'landed'];
const MOST_A_WEEK = 3;
const ALL = 1_000_000;
/** Source: MicrosoftDocs/msteams-docs, bots/how-to/rate-limit.md: requests a second for each app in each tenant. */
const TEAMS_A_SECOND = 50;
/** Source: Azure Tables scalability targets: an account, and one partition. */
const ACCOUNT_A_SECOND = 20_000;
const PARTITION_A_SECOND = 2_000;
/** Everybody who is due at nine has it within so long. */
const WITHIN_SECONDS = 15 * 60;
/** Shards of one hour, as bot/store/reminders.ts has them. */
const SHARDS = 16;
/** What one instance sends in a second on two cores that it shares with its tables: see the bench in the README. */
const INSTANCE_A_SECOND = 400;
const BIG_TENANT = 50_000;
const WEEKDAYS = ['1 Monday', '2 Tuesday', '3 Wednesday', '4 Thursday', '5 Friday', '6 Saturday', '7 Sunday'];

export function reportOf({ managers, seed }, { actors, seen, sweeps, days, firstDay, zone }) {
  const weeks = Math.floor(days / 7);
  const weekOf = new Map(
    Array.from({ length: days }, (_, at) => [addDays(firstDay, at), Math.floor(at / 7)]),
  );
  const perWeek = new Map(actors.map(({ manager }) => [manager.person, Array(weeks).fill(0)]));
  const soft = new Map(actors.map(({ manager }) => [manager.person, Array(weeks).fill(0)]));
  const perDay = new Map();
  let beyond = 0;
  for (const { person, at, kinds } of seen.digests) {
    const week = weekOf.get(dayOf(at, zone)) ?? 0;
    perDay.set(`${person} ${dayOf(at, zone)}`, (perDay.get(`${person} ${dayOf(at, zone)}`) ?? 0) + 1);
    const of = perWeek.get(person);
    if (of === undefined) continue;
    of[week] += 1;
    if (kinds.some((kind) => AGREED.includes(kind))) continue;
    soft.get(person)[week] += 1;
    if (of[week] > MOST_A_WEEK) beyond += 1;
  }
  const counts = [...perWeek.values()].flat().sort((one, other) => one - other);
  const quarter = peakOf(seen.messages, 15 * 60_000);
  const { owed, onTheDay, unreachable, late } = seen.evaluations;
  const share = quarter.count / managers;
  return {
    managers,
    seed,
    days,
    messages: seen.messages.length,
    digests: seen.digests.length,
    digestsAWeek: {
      mean: round(counts.reduce((sum, count) => sum + count, 0) / counts.length),
      median: at(counts, 0.5),
      p95: at(counts, 0.95),
      most: counts[counts.length - 1],
      mostOnADay: Math.max(0, ...perDay.values()),
      /** Beyond three in a week without anything agreed in it: there may be none. */
      beyondTheCap: beyond,
    },
    evaluations: {
      owed,
      onTheDay,
      share: owed === 0 ? 1 : onTheDay / owed,
      unreachable,
      late: late.slice(0, 5),
    },
    byHour: byHour(seen.messages, zone),
    byWeekday: byWeekday(seen.messages, zone),
    peakQuarter: { at: quarter.at, messages: quarter.count },
    requestsEach: round(sweeps.requests / Math.max(1, sweeps.reminders)),
    million: extrapolated(
      share,
      sweeps.requests / Math.max(1, sweeps.reminders),
      seen.messages.length / managers / days,
    ),
  };
}

/** The same for a million managers, against what Teams and Azure Tables allow. */
function extrapolated(share, requestsEach, dailyEach) {
  const peak = Math.round(share * ALL);
  const perSecond = peak / WITHIN_SECONDS;
  const tables = perSecond * requestsEach;
  const hourPartition = peak / SHARDS;
  return {
    messagesADay: Math.round(dailyEach * ALL),
    peakQuarter: peak,
    perSecond: round(perSecond),
    instances: Math.ceil(perSecond / INSTANCE_A_SECOND),
    tableRequestsPerSecond: round(tables),
    accounts: Math.ceil(tables / ACCOUNT_A_SECOND),
    rowsInAShardOfAnHour: Math.round(hourPartition),
    secondsToReadAShard: round(hourPartition / PARTITION_A_SECOND),
    tenant: { managers: BIG_TENANT, secondsAtTeamsLimit: round((share * BIG_TENANT) / TEAMS_A_SECOND) },
    tenantAtTheLimit: Math.round((WITHIN_SECONDS * TEAMS_A_SECOND) / share),
  };
}

export function asText(report, seconds) {
  const { digestsAWeek: week, evaluations, million, peakQuarter } = report;
  const percent = (evaluations.share * 100).toFixed(2).replace(/\.00$/, '');
  const hours = Object.entries(report.byHour).map(
    ([hour, count]) => `  ${hour}  ${bar(count, report.byHour)} ${count}`,
  );
  const days = Object.entries(report.byWeekday).map(
    ([day, count]) => `  ${day}  ${bar(count, report.byWeekday)} ${count}`,
  );
  return `${report.managers} managers, ${report.days} days from a Monday on, seed ${report.seed}; took ${seconds} s.
What people do with a message is assumed: HABITS in tests/programs/simulation/people.mjs.

Messages ${report.messages}, among them ${report.digests} digests (the rest is news: agreements shared and answered).
Digests for each manager each week: mean ${week.mean}, median ${week.median}, 95th percentile ${week.p95}, most ${week.most}.
Most digests on one day ${week.mostOnADay}; beyond three in a week without anything agreed in them: ${week.beyondTheCap}.
Evaluations that came due ${evaluations.owed}, reminded of on their day ${evaluations.onTheDay} (${percent} percent); ${evaluations.unreachable} more of managers who had blocked the bot.
Table requests for each reminder: ${report.requestsEach}.

Messages by hour, Amsterdam:
${hours.join('\n')}
By weekday:
${days.join('\n')}
Busiest quarter of an hour: ${peakQuarter.messages} messages at ${peakQuarter.at}.

With a million managers
  ${million.messagesADay} messages a day; ${million.peakQuarter} in the busiest quarter: ${million.perSecond} a second to be done within it.
  Teams allows ${TEAMS_A_SECOND} a second in each tenant: one of ${million.tenant.managers} managers takes ${million.tenant.secondsAtTeamsLimit} s; up to ${million.tenantAtTheLimit} managers fit in the quarter. Beyond that the hour has to be spread within the tenant.
  Sending: ${million.instances} instances at ${INSTANCE_A_SECOND} a second each.
  Tables: ${million.tableRequestsPerSecond} requests a second, of the ${ACCOUNT_A_SECOND} that an account allows: ${million.accounts} account${million.accounts === 1 ? '' : 's'}${million.accounts > 1 ? ', split by tenant' : ''}.
  One shard of that hour holds ${million.rowsInAShardOfAnHour} rows: ${million.secondsToReadAShard} s to read, and again to claim, at ${PARTITION_A_SECOND} a second. ${million.secondsToReadAShard > 30 ? 'SHARDS has to grow.' : `${SHARDS} shards are enough.`}
`;
}

function byHour(messages, zone) {
  return countBy(messages, ({ at: when }) => `${timeOf(when, zone).slice(0, 2)}:00`);
}

function byWeekday(messages, zone) {
  return countBy(messages, ({ at: when }) => WEEKDAYS[weekdayOf(dayOf(when, zone)) - 1]);
}

function countBy(items, nameOf) {
  const counts = new Map();
  for (const item of items) counts.set(nameOf(item), (counts.get(nameOf(item)) ?? 0) + 1);
  return Object.fromEntries([...counts].sort());
}

function peakOf(messages, ms) {
  const counts = new Map();
  for (const { at: when } of messages) {
    const slot = Math.floor(Date.parse(when) / ms) * ms;
    counts.set(slot, (counts.get(slot) ?? 0) + 1);
  }
  let peak = { at: '', count: 0 };
  for (const [slot, count] of counts)
    if (count > peak.count) peak = { at: new Date(slot).toISOString(), count };
  return peak;
}

function bar(count, counts) {
  return '#'.repeat(Math.max(1, Math.round((40 * count) / Math.max(...Object.values(counts)))));
}

function at(sorted, part) {
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
}

function round(number) {
  return Math.round(number * 100) / 100;
}
