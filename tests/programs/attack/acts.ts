import {
  type Activity,
  botAddedActivity,
  installationUpdateActivity,
} from '../../support/teams/activities.js';
import { type Button, buttonsOf, CARD_TYPE, type Card, cardsOf } from '../../support/teams/teams-card.js';
import { FILE_CONSENT } from '../../support/teams/teams-files.js';
import type { Turn } from '../../support/teams/teams-person.js';
import type { Chance } from './chance.js';
import { hostileActivity, sceneOf } from './hostile.js';
import { fillIn, type Manner } from './inputs.js';
import type { PersonKey } from './secrets.js';
import { ABOUT_SOMEBODY, costlyText, DANGER, LOOK_UPS, oddText } from './texts.js';
import { type Actor, colleagueOf, type Payload, type World } from './world.js';

/** What somebody did and what came of it. */
export type Done = {
  readonly what: string;
  readonly actor: Actor;
  /** What was pressed, as it was sent; null for words. */
  readonly sent: Payload | null;
  readonly turn: Turn | null;
  /** Cards that it brought: in the place of the one that was pressed, or as messages. */
  readonly cards: readonly Card[];
  /** Nothing of it may leave a trace in the tables. */
  readonly lookUp: boolean;
  /** Whether the person has to get an answer of some kind. */
  readonly wantsAnswer: boolean;
};

/** Somebody types something. */
export async function say(world: World, actor: Actor, chance: Chance): Promise<Done> {
  const text = chance.weighted<() => string>([
    [() => chance.any(LOOK_UPS) ?? 'menu', 10],
    [() => aboutSomebody(world, actor, chance), 6],
    [() => chance.any(DANGER) ?? '', 1],
    [() => oddText(chance), 2],
    [() => costlyText(chance), 2],
  ])();
  return says(world, actor, text);
}

export async function says(
  world: World,
  actor: Actor,
  text: string,
  how: Pick<Done, 'lookUp' | 'wantsAnswer'> = { lookUp: true, wantsAnswer: true },
): Promise<Done> {
  if (text.includes('${')) world.typedTemplate = true;
  const turn = await world.turn(actor, () => actor.person.sends({ text }));
  const what = `says ${JSON.stringify(text.length > 80 ? `${text.slice(0, 77)}… (${text.length})` : text)}`;
  return { what, actor, sent: null, turn, cards: (turn?.messages ?? []).flatMap(cardsOf), ...how };
}

function aboutSomebody(world: World, actor: Actor, chance: Chance): string {
  const name = colleagueOf(world, actor, chance)?.name ?? 'Jan';
  world.secrets.share(name, [actor.key]);
  return chance.any(ABOUT_SOMEBODY)?.(name) ?? name;
}

/** Somebody presses a button that they see. */
export async function press(world: World, actor: Actor, chance: Chance): Promise<Done> {
  const messages = actor.person.messages();
  // Mostly on what came last; anything that is on the screen can be pressed all the same.
  const message = chance.yes(0.7) ? messages.at(-1) : chance.any(messages.slice(-12));
  const button = message === undefined ? undefined : aButton(message, chance);
  if (message === undefined || button === undefined) return say(world, actor, chance);
  const manner = chance.weighted<Manner>([
    ['sensible', 6],
    ['one odd', 2],
    ['hostile', 1],
  ]);
  return pressed(world, actor, message, button, manner, chance);
}

/** One of the buttons; those that fill in and save are pressed oftener than those that lead away. */
function aButton(message: Activity, chance: Chance): Button | undefined {
  const buttons = cardsOf(message)
    .flatMap(buttonsOf)
    .filter(({ action }) => action.type === 'Action.Execute');
  if (buttons.length === 0) return undefined;
  return chance.weighted(
    buttons.map((button) => [button, button.action.associatedInputs === 'none' ? 1 : 2] as const),
  );
}

export async function pressed(
  world: World,
  actor: Actor,
  message: Activity,
  { action, cards }: Button,
  manner: Manner,
  chance: Chance,
): Promise<Done> {
  const inputs =
    action.associatedInputs === 'none' ? {} : fillIn(world, actor, cards, manner, chance.sub('inputs'));
  const data = { ...(action.data as object | undefined), ...inputs };
  const payload = { verb: String(action.verb), data };
  return sendPayload(world, actor, payload, message.id, chance.yes(0.1), manner);
}

/** Presses by a request made by hand, as an invoke or, on an old client, as a message with a value. */
export async function sendPayload(
  world: World,
  actor: Actor,
  payload: Payload,
  replyToId: string | undefined,
  asSubmit: boolean,
  manner: string,
): Promise<Done> {
  const { verb, data } = payload;
  whoMaySee(world, actor, payload);
  if (verb === 'scan.code') await whoMayJoin(world, actor, data.code);
  world.payloads.push(payload);
  world.scans.sending(actor, payload);
  const shown = () => actor.person.messages().filter(({ id }) => id === replyToId);
  const before = JSON.stringify(shown().flatMap(cardsOf));
  const turn = await world.turn(actor, () =>
    actor.person.sends(
      asSubmit
        ? { text: undefined, value: { ...data, verb }, ...(replyToId !== undefined && { replyToId }) }
        : {
            type: 'invoke',
            name: 'adaptiveCard/action',
            text: undefined,
            value: { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' },
            ...(replyToId !== undefined && { replyToId }),
          },
    ),
  );
  const what = `presses ${verb} (${manner}${asSubmit ? ', as submit' : ''}) ${JSON.stringify(data).slice(0, 600)}`;
  // A message with a value has no answer of its own: the card that was pressed is another afterwards. Where the channel is
  // away it still says what it said.
  const pressed = asSubmit && JSON.stringify(shown().flatMap(cardsOf)) !== before ? shown() : [];
  const { type, value } = (turn?.body ?? {}) as { type?: unknown; value?: unknown };
  const cards = [
    ...(type === CARD_TYPE ? [value as Card] : []),
    ...[...pressed, ...(turn?.messages ?? [])].flatMap(cardsOf),
  ];
  const done = { what, actor, sent: payload, turn, cards, lookUp: false, wantsAnswer: true };
  world.scans.answered(done);
  return done;
}

/** Whoever types the code of a scan of their own organisation learns whose it is, and what it is called. */
export async function whoMayJoin(world: World, actor: Actor, typed: unknown): Promise<void> {
  const code = String(typed).trim().toUpperCase();
  const found = /^[A-Z]{5}$/.test(code) ? await world.stores.scans.get(actor.person.tenantId, code) : null;
  if (found === null) return;
  const { name, managerName } = found.record;
  world.secrets.share(JSON.stringify({ name, managerName }), [actor.key]);
}

/** Somebody presses what was on another's card, or on one of an older version. */
export async function forward(world: World, actor: Actor, chance: Chance): Promise<Done> {
  const seen = chance.any(world.payloads.slice(-150));
  if (seen === undefined) return say(world, actor, chance);
  const payload = chance.yes(0.5) ? seen : aged(seen, chance);
  const of = chance.any(actor.person.messages())?.id;
  const replyToId = chance.yes(0.5) ? of : chance.of([undefined, '1', String(world.now())]);
  return sendPayload(world, actor, payload, replyToId, chance.yes(0.2), 'forwarded');
}

/** As a card of before an upgrade, or a payload made by hand, may have it. */
function aged({ verb, data }: Payload, chance: Chance): Payload {
  const copy = JSON.parse(JSON.stringify(data)) as Record<string, unknown>;
  const field = chance.any(Object.keys(copy)) ?? 'version';
  const changes = chance.weighted<Record<string, unknown>>([
    [{ [field]: undefined }, 4],
    [{ [field]: null }, 3],
    [{ [field]: chance.of<unknown>([5, '', [], {}, 'x'.repeat(20_001), oddText(chance)]) }, 3],
    [{ version: Number(copy.version ?? 1) - 1 }, 3],
    [{ lang: chance.of<unknown>(['en', 'nl', 'fr', null, 5]) }, 2],
    [{ note: chance.any(DANGER) }, 1],
    [{ unknown: { deep: ['x'] } }, 1],
    [{ page: chance.of<unknown>([-1, 1e9, 0.5, '0']) }, 1],
  ]);
  const other = chance.of(['no.such', 'constructor', 'hr.show', '']);
  return { verb: chance.yes(0.1) ? other : verb, data: { ...copy, ...changes } };
}

/**
 * Whose business what is sent becomes: of somebody who is named in it by their id, and of whom the record is about
 * that it changes. What is typed into a form for one person must not reach another.
 */
function whoMaySee(world: World, actor: Actor, { verb, data }: Payload): void {
  const text = JSON.stringify(data);
  world.secrets.typed(text, actor.key);
  if (text.includes('${')) world.typedTemplate = true;
  const here = world.actors.filter(({ person }) => person.tenantId === actor.person.tenantId);
  const named = here.filter(({ person }) => text.toLowerCase().includes(person.objectId));
  const keys: PersonKey[] = [actor.key, ...named.map(({ key }) => key)];
  const about = world.concerned(String(data.id ?? ''));
  // On a coffee list only the name of whom was chosen in Teams is theirs.
  world.secrets.share(verb === 'coffee.save' ? String(data.personName ?? '') : text, [...keys, ...about]);
  for (const { person, name } of [actor, ...named]) {
    world.secrets.share(`${name} ${person.objectId}`, [...keys, ...about]);
  }
  if (verb === 'leaver.move') {
    const [leaver, successor] = [data.leaver, data.successor].map((id) =>
      here.find(({ person }) => person.objectId === String(id).toLowerCase()),
    );
    if (leaver !== undefined && successor !== undefined) world.secrets.shareAllOf(leaver.key, successor.key);
    // Whoever had something with the one who leaves hears who goes on, by the name that HR typed.
    world.secrets.share(
      `${text} ${leaver?.name} ${successor?.name}`,
      here.map(({ key }) => key),
    );
  }
  // What HR fills in is for everybody in the organisation.
  if (verb.startsWith('hr.'))
    world.secrets.share(
      text,
      here.map(({ key }) => key),
    );
}

/** Somebody records something from the first word to the last press, as far as they get. */
export async function record(
  world: World,
  actor: Actor,
  chance: Chance,
  what?: keyof typeof FOLLOW,
): Promise<readonly Done[]> {
  const drawn = chance.weighted<keyof typeof FOLLOW>([
    ['afspraak vastleggen', 5],
    ['koffie', 2],
    ['belangrijke momenten', 2],
    ['instellingen', 1],
    ['welke evaluaties staan er open', 3],
    ['wat staat er over mij vast', 3],
    ['menu', 1],
  ]);
  const start = what ?? drawn;
  return goOn(world, actor, [await says(world, actor, start)], FOLLOW[start], chance);
}

/** Goes on from the newest card by a button that leads on, as far as there is one; with what was done before. */
export async function goOn(
  world: World,
  actor: Actor,
  before: readonly Done[],
  ways: readonly RegExp[],
  chance: Chance,
): Promise<readonly Done[]> {
  const done = [...before];
  for (const verbs of ways) {
    const message = actor.person.messages().at(-1);
    const buttons = message === undefined ? [] : cardsOf(message).flatMap(buttonsOf);
    const button = chance.any(buttons.filter(({ action }) => verbs.test(String(action.verb))));
    if (message === undefined || button === undefined) break;
    done.push(await pressed(world, actor, message, button, 'sensible', chance.sub(done.length)));
  }
  return done;
}

/** Which buttons lead to something that is kept. */
const FOLLOW = {
  'afspraak vastleggen': [/^agreement\.details/, /^agreement\.save/, /^agreement\.save/],
  koffie: [/^coffee\.(add|show)/, /^coffee\.(save|done|skip|move|pause|rhythm|stop)/],
  'belangrijke momenten': [
    /^moments\.(add|show)/,
    /^(moments\.(save|change|end|ask-delete)|request\.decide)/,
    /^(moments\.delete|request\.)/,
  ],
  instellingen: [/^settings\.save/],
  'welke evaluaties staan er open': [
    /^agreement\.show/,
    /^(evaluation\.(open|ask-move)|agreement\.ask-close|removal\.decide)/,
    /^(evaluation\.(record|move|snooze)|agreement\.close|removal\.)/,
    /^(evaluation\.rewrite|removal\.)/,
  ],
  'wat staat er over mij vast': [
    /^(about\.(show|export)|own\.)/,
    /^(about\.(confirm|ask-change|file)|removal\.(ask|withdraw)|own\.)/,
    /^(about\.change|removal\.send|own\.)/,
  ],
  menu: [/^hr\.show/, /^(hr|leaver|figures)\./, /^(hr|leaver)\./, /^(hr|leaver)\./],
} as const satisfies Readonly<Record<string, readonly RegExp[]>>;

/** Somebody of HR opens the organisation's cards, and goes from one to the other. */
export async function minds(world: World, actor: Actor, chance: Chance): Promise<readonly Done[]> {
  const done: Done[] = [await says(world, actor, 'menu')];
  for (let presses = chance.between(2, 6); presses > 0; presses -= 1) {
    const message = actor.person.messages().at(-1);
    const buttons = message === undefined ? [] : cardsOf(message).flatMap(buttonsOf);
    const wanted = done.length === 1 ? /^hr\.show/ : /^(hr|leaver|figures|handover)\./;
    const found = buttons.filter(({ action }) => wanted.test(String(action.verb)));
    // What leads away is there on every card; what changes something comes first.
    const ways = found.filter(({ action }) => action.verb !== 'hr.show');
    const button = chance.any(ways.length > 0 && chance.yes(0.9) ? ways : found);
    if (message === undefined || button === undefined) break;
    const manner = chance.yes(0.8) ? 'sensible' : 'one odd';
    done.push(await pressed(world, actor, message, button, manner, chance.sub(done.length)));
  }
  return done;
}

/** Somebody does what a message asks for that came by itself. */
export async function react(world: World, chance: Chance): Promise<readonly Done[]> {
  const asked = world.actors.filter(({ person }) => person.messages().at(-1)?.replyToId === undefined);
  const actor = chance.any(asked.filter(({ person }) => person.messages().length > 0));
  if (actor === undefined) return [];
  const done: Done[] = [];
  for (let presses = chance.between(1, 4); presses > 0; presses -= 1) {
    const message = actor.person.messages().at(-1);
    const button = message === undefined ? undefined : aButton(message, chance.sub(`button ${presses}`));
    if (message === undefined || button === undefined) break;
    done.push(await pressed(world, actor, message, button, 'sensible', chance.sub(presses)));
  }
  return done;
}

/** The bot is put in somebody's chats, taken out, blocked or moved: Teams tells of some of it, in any order. */
export async function presence(world: World, actor: Actor, chance: Chance): Promise<Done> {
  const { person } = actor;
  const none = { actor, sent: null, cards: [], lookUp: false, wantsAnswer: false };
  const told = (what: string, turn: Turn | null): Done => ({ ...none, what, turn });
  return chance.weighted<() => Promise<Done>>([
    [async () => told('installs', await world.turn(actor, () => person.install())), 4],
    [
      async () => {
        world.forgotten.add(actor.name);
        return told('uninstalls', await world.turn(actor, () => person.uninstall()));
      },
      1,
    ],
    [async () => told('upgrades', await world.turn(actor, () => person.upgrade())), 1],
    [
      async () => {
        person.blocks();
        return told('blocks', null);
      },
      1,
    ],
    [
      async () => {
        person.mutes();
        return told('mutes', null);
      },
      1,
    ],
    [
      async () => {
        await world.turn(actor, () => person.install());
        person.returns();
        return told('is back', null);
      },
      3,
    ],
    [
      async () => {
        person.moves(chance.of(['amer', 'emea', 'apac']));
        return told('moves', null);
      },
      1,
    ],
    [
      async () => {
        // Late: it was taken out before it was put in.
        const scene = sceneOf(world, actor);
        const timestamp = new Date(world.now() - 10_000).toISOString();
        await world.turn(actor, () => person.install());
        const late = installationUpdateActivity(scene, 'remove', { timestamp });
        return told('is told late of an uninstallation', await world.post(actor, late));
      },
      1,
    ],
    [async () => told('is told twice', await world.post(actor, botAddedActivity(sceneOf(world, actor)))), 1],
  ])();
}

/** An activity that no Teams would send. */
export async function hostile(world: World, actor: Actor, chance: Chance): Promise<Done> {
  world.hostile = true;
  const activity = hostileActivity(world, actor, chance);
  const turn = await world.post(actor, activity);
  const what = `hostile ${JSON.stringify(activity).slice(0, 500)}`;
  return { what, actor, sent: null, turn, cards: [], lookUp: false, wantsAnswer: false };
}

function fileKey(actor: Actor, { attachments }: Activity): string {
  const names = (attachments ?? []).map(({ name }) => name);
  return `${actor.key} ${names.join()}`;
}

/** A file that is offered is taken or not. */
export async function answerFile(world: World, actor: Actor, chance: Chance): Promise<Done> {
  const offered = actor.person
    .messages()
    .filter(({ attachments }) => attachments?.some(({ contentType }) => contentType === FILE_CONSENT))
    // What somebody took already Teams does not take again, nor another of its name: it tells the bot nothing then.
    .findLast((message) => !world.filesTaken.has(fileKey(actor, message)));
  if (offered === undefined) return press(world, actor, chance);
  const accepts = chance.yes(0.7);
  if (accepts) world.filesTaken.add(fileKey(actor, offered));
  const turn = await world.turn(actor, () =>
    accepts ? actor.person.acceptFile(offered) : actor.person.declineFile(offered),
  );
  const what = accepts ? 'accepts a file' : 'declines a file';
  return { what, actor, sent: null, turn, cards: [], lookUp: false, wantsAnswer: false };
}
