import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** One organisation; what Teams allows is counted for each on its own. */
export const TENANT = '72f988bf-0000-4000-8000-000000000001';
/** How people work and what they do with a message. Guesses, in one place, so that they can be argued with. */
export const HABITS = {
  teamSize: [5, 14],
  /** Part of the managers who keep a coffee list, and how often they want to talk to each. */
  coffee: 0.8,
  rhythms: [
    ['weekly', 0.05],
    ['two-weekly', 0.25],
    ['four-weekly', 0.5],
    ['quarterly', 0.2],
  ],
  /** One in five workers has complaints: a conversation with each of them once a year. */
  conversationsEach: 0.2,
  employeeTakesInitiative: 0.3,
  employeeInTeams: 0.85,
  /** Agreements end after so many evaluations. */
  evaluations: [3, 9],
  momentsEachManager: 3,
  monthly: 0.2,
  /** What a manager does on the day of a message, and on each day after. */
  actsSameDay: 0.65,
  actsLater: 0.3,
  skipsCoffee: 0.15,
  snoozes: 0.1,
  ownTime: 0.25,
  fourDays: 0.4,
  elsewhere: 0.03,
  summerPause: 0.7,
  blocksTheBot: 0.005,
};

/** Numbers that look random and are the same for a seed. */
export function openChance(seed) {
  const generator = xoroshiro128plus(seed);
  const fraction = () => uniformFloat64(generator);
  const between = (from, to) => uniformInt(generator, from, to);
  return {
    yes: (part) => fraction() < part,
    between,
    of: (items) => items[between(0, items.length - 1)],
    weighted(pairs) {
      let left = fraction();
      for (const [item, weight] of pairs) {
        left -= weight;
        if (left < 0) return item;
      }
      return pairs[pairs.length - 1][0];
    },
    /** As Entra's ids are: of random digits. */
    id() {
      const digits = () => between(0, 0x7fffffff).toString(16).padStart(8, '0');
      const [one, two, three, four] = [digits(), digits(), digits(), digits()];
      return `${one}-${two.slice(0, 4)}-4${two.slice(5)}-8${three.slice(1, 4)}-${three.slice(4)}${four}`;
    },
  };
}

/** A person as the tables keep them, with times of their own where they have chosen some. */
export function aPersonOf(chance, id) {
  const free = chance.between(3, 5);
  const days = chance.yes(HABITS.fourDays) ? [1, 2, 3, 4, 5].filter((day) => day !== free) : null;
  const time = chance.yes(HABITS.ownTime)
    ? chance.of(['07:30', '08:00', '08:30', '10:00', '13:00', '16:00'])
    : null;
  return {
    tenant: TENANT,
    person: id,
    reference: {
      channel: 'msteams',
      serviceUrl: 'https://smba.example/emea/',
      conversation: `a:1${id}`,
      tenant: TENANT,
      bot: '28:bot',
      user: `29:${id}`,
    },
    language: null,
    locale: 'nl',
    zone: chance.yes(HABITS.elsewhere) ? chance.of(['Europe/Lisbon', 'America/Curacao']) : null,
    time,
    days,
    pausedUntil: null,
    off: null,
    monthly: chance.yes(HABITS.monthly)
      ? chance.of([['self-look'], ['team-subject'], ['self-look', 'team-subject']])
      : null,
    unreachableSince: null,
    unreachableWhy: null,
  };
}
