import { CHARACTERISTICS } from '../../../cards/content/characteristics.js';
import { buttonsOf, cardsOf } from '../../support/teams/teams-card.js';
import { type Done, goOn, pressed, says, sendPayload, whoMayJoin } from './acts.js';
import type { Chance } from './chance.js';
import { type Actor, dayIn, type World } from './world.js';

/** So many run at a time: more of them get fewer answers each. */
const MOST_RUNNING = 2;

/** Somebody does something with a team scan: starts one, answers, joins, closes, looks, or tries what they may not. */
export async function scan(world: World, chance: Chance): Promise<readonly Done[]> {
  const running: { tenant: string; code: string; manager: string; status: string }[] = [];
  for await (const { record } of world.stores.scans.all()) {
    const { tenant, id: code, manager, status } = record;
    if (status === 'open') running.unshift({ tenant, code, manager, status });
    else running.push({ tenant, code, manager, status });
  }
  const open = running.filter(({ status }) => status === 'open');
  if (open.length === 0 || (open.length < MOST_RUNNING && chance.yes(0.1))) return startScan(world, chance);
  const one = chance.any(chance.yes(0.85) ? open : running);
  if (one === undefined) return [];
  const { tenant, code } = one;
  const maker = world.actors.find(
    ({ person }) => person.objectId === one.manager && person.tenantId === tenant,
  );
  const colleagues = world.actors.filter(({ person }) => person.tenantId === tenant);
  const who = (chance.yes(0.85) ? chance.any(colleagues) : chance.any(world.actors)) as Actor;
  const press = (actor: Actor, verb: string, data: object, how: string) =>
    sendPayload(world, actor, { verb, data: { id: code, lang: 'nl', ...data } }, undefined, false, how);
  return chance.weighted<() => Promise<readonly Done[]>>([
    [async () => [await press(who, 'scan.send', answers(chance), 'answers')], 14],
    // Twice at once, with something else the second time.
    [
      () =>
        Promise.all(
          ['first', 'second'].map((name) =>
            press(who, 'scan.send', answers(chance.sub(name)), 'answers twice'),
          ),
        ),
      3,
    ],
    // All of them at the same instant.
    [
      () =>
        Promise.all(
          colleagues.map((actor, at) =>
            press(actor, 'scan.send', answers(chance.sub(at)), 'answers with all'),
          ),
        ),
      3,
    ],
    [async () => [await press(who, 'scan.send', forged(chance), 'forged')], 4],
    [async () => [await join(world, who, code)], 3],
    [
      async () => [
        await press(
          who,
          chance.of(LOOKS),
          { page: 0, part: 'compare', of: chance.of(CHARACTERISTICS) },
          'looks',
        ),
      ],
      5,
    ],
    [async () => [await press(maker ?? who, 'scan.close', {}, 'closes')], 2],
    [async () => [await press(who, chance.of(MAKERS), {}, 'as if it was theirs')], 2],
    [() => managed(world, maker ?? who, code, chance), 5],
  ])();
}

const LOOKS = [
  'scan.outcome',
  'scan.characteristic',
  'scan.show',
  'scan.compare',
  'scan.agreed',
  'scan.file',
  'scan.meet',
] as const;
const MAKERS = ['scan.close', 'scan.remove', 'scan.ask-close', 'scan.unreached', 'scan.measures'] as const;

/** Somebody who may record opens one for all others of their organisation, or for some of them. */
export async function startScan(world: World, chance: Chance): Promise<readonly Done[]> {
  const maker = chance.any(world.actors.filter(({ role }) => role !== 'employee')) as Actor;
  const done: Done[] = [await says(world, maker, 'teamscan')];
  const next = (verb: string) => {
    const message = maker.person.messages().at(-1);
    const button =
      message &&
      cardsOf(message)
        .flatMap(buttonsOf)
        .find(({ action }) => action.verb === verb);
    return message === undefined || button === undefined ? null : { message, button };
  };
  const start = next('scan.start');
  if (start === null) return done;
  done.push(await pressed(world, maker, start.message, start.button, 'sensible', chance));
  const save = next('scan.save');
  if (save === null) return done;
  const others = world.actors.filter((one) => one !== maker && one.person.tenantId === maker.person.tenantId);
  const asked = others.filter(() => chance.yes(0.9));
  const data = {
    ...(save.button.action.data as object),
    ...{
      name: `Balie ${world.secrets.word(maker.key)}`,
      known: '',
      lastDay: dayIn(world, chance.of([3, 10, 20])),
    },
    ...{ people: asked.map(({ person }) => person.objectId).join(','), few: true },
  };
  done.push(await sendPayload(world, maker, { verb: 'scan.save', data }, save.message.id, false, 'sensible'));
  return done;
}

/** A figure for each, and up to three to improve first. */
function answers(chance: Chance): { readonly answers: string; readonly top: string } {
  const figures = CHARACTERISTICS.map(() => String(chance.between(0, 5))).join('');
  const top = CHARACTERISTICS.filter(() => chance.yes(0.2)).slice(0, 3);
  return { answers: figures, top: top.join(',') };
}

/** As no card has it. */
function forged(chance: Chance): object {
  const good = answers(chance);
  return chance.weighted<object>([
    [{ ...good, id: chance.of(['BCDFG', 'ZZZZZ', 'bcdfg', 'BCDF', '', '*']) }, 3],
    [{ ...good, answers: good.answers.replace(/\d/, '6') }, 2],
    [{ ...good, answers: good.answers.replace(/\d/, '-') }, 2],
    [{ ...good, answers: good.answers.slice(1) }, 1],
    [{ ...good, answers: `${good.answers}1` }, 1],
    [{ ...good, top: CHARACTERISTICS.slice(0, 4).join(',') }, 2],
    [{ ...good, top: 'workload,workload,workload' }, 1],
    [{ ...good, top: chance.of(['1', 'constructor', '|']) }, 1],
  ]);
}

/** By its code, in words: whoever types that of their own organisation learns whose it is. */
async function join(world: World, actor: Actor, code: string): Promise<Done> {
  await whoMayJoin(world, actor, code);
  return says(world, actor, `scan ${code}`, { lookUp: false, wantsAnswer: true });
}

/** Its maker goes on with it, as far as they get. */
async function managed(world: World, maker: Actor, code: string, chance: Chance): Promise<readonly Done[]> {
  const payload = { verb: 'scan.show', data: { id: code, lang: 'nl' } };
  const done: Done[] = [await says(world, maker, 'teamscan')];
  const home = maker.person.messages().at(-1);
  done.push(await sendPayload(world, maker, payload, home?.id, false, 'sensible'));
  const ways = [
    /^scan\.(measures|evaluate|outcome|ask-close|unreached)$/,
    /^scan\.(agree|record|end|close)$/,
  ];
  return goOn(world, maker, done, ways, chance);
}
