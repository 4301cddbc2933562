import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createSeal, type Seal } from '../../../bot/store/scan-seal.js';
import { openStores, type Stores } from '../../../bot/store/stores.js';
import { openTables } from '../../../bot/store/tables/tables.js';
import { dropTables, dumpTables } from '../../support/azure/azurite.js';
import { type OneDrive, startOneDrive } from '../../support/azure/fake-one-drive.js';
import { startTablesProxy, type TablesProxy } from '../../support/azure/tables-proxy.js';
import type { Activity } from '../../support/teams/activities.js';
import { type Issuer, startIssuer } from '../../support/teams/issuer.js';
import { type Person, type Received, startTeams, type Teams } from '../../support/teams/teams.js';
import type { Turn } from '../../support/teams/teams-person.js';
import { type BotProcess, startBot } from './bot-process.js';
import { type Chance, openChance } from './chance.js';
import { type KnownScans, openKnownScans } from './known-scans.js';
import { openSecrets, type PersonKey, type Secrets } from './secrets.js';
import { openWeather, type Weather } from './weather.js';

export type Role = 'manager' | 'employee' | 'hr' | 'uninvolved' | 'outsider';

/** Somebody in the world, whose name has a word that nobody else has. */
export type Actor = {
  readonly key: PersonKey;
  readonly role: Role;
  readonly person: Person;
  /** The name that others type for them; the word of their own name is the last part of it. */
  readonly name: string;
};

/** What must hold whatever happens; each is a function in `invariants/`. */
export type Invariant =
  | 'the process lives'
  | 'danger is answered within a second'
  | 'nobody sees another’s'
  | 'what is claimed is kept'
  | 'a promise is kept once'
  | 'logs hold codes and ids of records'
  | 'look-ups leave no trace'
  | 'replies are valid'
  | 'a scan counts each once and tells of nobody'
  | 'it ends in order'
  | 'nothing breaks in fair weather';

export type Finding = {
  readonly invariant: Invariant;
  readonly what: string;
  /** The step at which it showed. */
  readonly at: number;
};

/** The tables as they are, by name. */
export type Dump = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;

/** What a press carried: seen on a card, or sent. */
export type Payload = { readonly verb: string; readonly data: Readonly<Record<string, unknown>> };

export type World = {
  readonly seed: number;
  readonly temper: Temper;
  readonly teams: Teams;
  readonly issuer: Issuer;
  readonly oneDrive: OneDrive;
  readonly proxy: TablesProxy;
  readonly weather: Weather;
  readonly secrets: Secrets;
  readonly stores: Stores;
  /** Opens the ballot boxes of team scans, as nobody who has the tables alone can. */
  readonly seal: Seal;
  readonly scans: KnownScans;
  readonly actors: readonly Actor[];
  /** Somebody of an organisation of their own, whom nothing that others do concerns. */
  readonly bystander: Actor;
  /** An organisation that may not use the bot. */
  readonly outsider: Actor;
  readonly bots: BotProcess[];
  /** All processes that ever were, for what they logged. */
  readonly everyBot: BotProcess[];
  /** Every payload that was on a card or was sent, the newest last. */
  readonly payloads: Payload[];
  /** Conversations that were made up: nobody reads them. */
  readonly madeUp: Set<string>;
  readonly findings: Finding[];
  /** Where what happens is written down as it happens: what hangs has said so far what it did. */
  readonly trace: string;
  /** The step under way. */
  at: number;
  /** When it began, by the clock of the world, in milliseconds. */
  beganAt: number;
  /** Which instance gets what is sent. */
  front: number;
  /** How often a process was killed. */
  kills: number;
  /** Whether something went wrong with the tables, or a process was killed: the night may have to mend then. */
  marred: boolean;
  /** Who took the app out: the proofs of what was sent to them went with it, and it may be planned once more. */
  readonly forgotten: Set<string>;
  /** Messages whose offered file was taken. */
  readonly filesTaken: Set<string>;
  /** Whether anybody has typed what looks like a template. */
  typedTemplate: boolean;
  /** What is done to it now may well end in a fault that is logged: a request that no Teams would make. */
  hostile: boolean;
  now(): number;
  setNow(ms: number): Promise<void>;
  found(invariant: Invariant, what: string): void;
  tell(line: string): void;
  bot(): BotProcess;
  startBot(): Promise<BotProcess>;
  /** Nothing goes wrong with channel and tables any more. */
  calm(): Promise<void>;
  /** Lets somebody do something, and gives what came of it; null when no answer came. */
  turn(actor: Actor, act: () => Promise<Turn>): Promise<Turn | null>;
  /** Posts any activity as somebody's: what it is made of is the caller's. */
  post(actor: Actor, activity: Activity): Promise<Turn | null>;
  /** Whose business a record is, as far as the tables have told. */
  concerned(id: string): readonly PersonKey[];
  /** Learns whose business the records are that are kept now. */
  learn(): Promise<void>;
  /** Requests of the bot to Teams since the last time that this was asked. */
  newlyReceived(): readonly Received[];
  actorOf(conversation: string | undefined): Actor | undefined;
  dump(withEtags?: boolean): Promise<Dump>;
  close(): Promise<void>;
};

/** What sort of days these are, so that one seed looks for one thing and another for another. */
export type Temper = {
  readonly troubles: boolean;
  readonly kills: boolean;
  readonly strangers: boolean;
  readonly instances: 1 | 2;
  /** Minutes and hours, or anything. */
  readonly clock: 'calm' | 'wild';
};

const APP_ID = '0c5cfdbb-c596-4d39-b557-5d9516c94107';
const SCAN_SECRET = 'what the attack seals the boxes of team scans with';
/** A Tuesday at ten in Amsterdam. */
const BEGINS = Date.parse('2027-01-12T09:00:00.000Z');
/** Teams gives up on a press after 10 seconds; who waits longer than this got no answer. */
const ANSWER_WITHIN_MS = 14_000;
const GIVEN_NAMES = [
  'Mila',
  'Otto',
  'Petra',
  'Sanne',
  'Bram',
  'Femke',
  'Joris',
  'Anna',
  'Ben',
  'Hugo',
] as const;

export async function openWorld(seed: number, connectionString: string, prefix: string): Promise<World> {
  const began = performance.now();
  const chance = openChance('world', seed);
  const temper: Temper = {
    troubles: chance.yes(0.7),
    kills: chance.yes(0.4),
    strangers: chance.yes(0.7),
    instances: chance.yes(0.3) ? 2 : 1,
    clock: chance.yes(0.5) ? 'wild' : 'calm',
  };
  let ahead = BEGINS - Date.now();
  const now = () => Date.now() + ahead;
  const issuer = await startIssuer({ appId: APP_ID });
  const oneDrive = await startOneDrive();
  const proxy = await startTablesProxy(connectionString);
  const bots: BotProcess[] = [];
  const teams = await startTeams({
    appId: APP_ID,
    issuer,
    oneDrive,
    now,
    seed,
    limits: 'off',
    botUrl: () => world.bot().url,
  });
  const secrets = openSecrets();
  const { actors, bystander, outsider } = populate(teams, secrets);
  const everybody = [...actors, bystander, outsider];
  const byConversation = new Map(everybody.map((actor) => [actor.person.conversationId, actor]));
  const weather = openWeather(
    (conversation) => conversation === bystander.person.conversationId,
    (conversation) => byConversation.get(conversation)?.key,
  );
  teams.fault((request) => weather.channel(request));
  proxy.fault((request) => weather.tables(request));
  const direct = openTables({ connectionString }, prefix);
  const seal = createSeal([SCAN_SECRET]);
  const concerned = new Map<string, readonly PersonKey[]>();
  let readUpTo = 0;

  const world: World = {
    seed,
    temper,
    teams,
    issuer,
    oneDrive,
    proxy,
    weather,
    secrets,
    stores: openStores(direct, seal),
    seal,
    scans: openKnownScans(),
    actors,
    bystander,
    outsider,
    bots,
    everyBot: [],
    payloads: [],
    madeUp: new Set(),
    findings: [],
    trace: openTrace(seed),
    at: -1,
    beganAt: 0,
    front: 0,
    kills: 0,
    hostile: false,
    marred: false,
    forgotten: new Set(),
    filesTaken: new Set(),
    typedTemplate: false,
    now,
    async setNow(ms) {
      ahead = ms - Date.now();
      const instant = new Date(ms).toISOString();
      await Promise.all(bots.map((bot) => bot.setClock(instant)));
    },
    found(invariant, what) {
      world.tell(`!! ${invariant}: ${what}`);
      const finding = { invariant, what, at: world.at };
      // One of each kind: what is broken once shows again and again, and must not hide the rest.
      if (!world.findings.some((one) => kindOf(one) === kindOf(finding))) world.findings.push(finding);
    },
    tell: (line) =>
      appendFileSync(world.trace, `${((performance.now() - began) / 1_000).toFixed(2)} ${line}\n`),
    bot: () => {
      const bot = bots[world.front % bots.length];
      if (bot === undefined) throw new Error('there is no instance');
      return bot;
    },
    async startBot() {
      const bot = await startBot({
        appId: APP_ID,
        issuer: new URL(issuer.metadataUrl).origin,
        outboundToken: issuer.outboundToken,
        connectionString: proxy.connectionString,
        prefix,
        allowedTenants: [...new Set([...actors, bystander].map(({ person }) => person.tenantId))],
        hrAdmins: actors.filter(({ role }) => role === 'hr').map(({ person }) => person.objectId),
        homeTenant: teams.tenantId,
        scanSecret: SCAN_SECRET,
        clock: new Date(now()).toISOString(),
      });
      bots.push(bot);
      world.everyBot.push(bot);
      return bot;
    },
    async calm() {
      weather.clear();
      await proxy.open();
    },
    async turn(actor, act) {
      const bot = world.bot();
      const late = pause(ANSWER_WITHIN_MS, 'late' as const, { ref: false });
      const outcome = await Promise.race([act(), late]).catch((error: Error) => error);
      if (outcome === 'late') {
        world.found('replies are valid', `no answer within ${ANSWER_WITHIN_MS / 1_000} s`);
        return null;
      }
      if (outcome instanceof Error) {
        // Whose process was killed meanwhile gets no answer; what else cuts off an answer is a fault.
        if (!bot.isGoing()) world.found('replies are valid', `no answer: ${outcome.message}`);
        return null;
      }
      remember(world, outcome);
      secrets.show(actor.key, JSON.stringify(outcome.body ?? ''));
      const leaks = secrets.leaksTo(actor.key, JSON.stringify(outcome.body ?? ''));
      if (leaks.length > 0)
        world.found('nobody sees another’s', `in the answer to ${actor.name}: ${leaks.join(', ')}`);
      return outcome;
    },
    post: (actor, activity) =>
      world.turn(actor, async () => ({ ...(await teams.post(activity)), messages: [], activities: [] })),
    concerned: (id) => concerned.get(id.toLowerCase()) ?? [],
    async learn() {
      for await (const { manager, everything } of world.stores.managers.all()) {
        const key = (person: string | null) => (person === null ? [] : [`${manager.tenant}|${person}`]);
        const of = (id: string, text: object, employee: string | null) => {
          const people = [...key(manager.person), ...key(employee)];
          concerned.set(id.toLowerCase(), people);
          secrets.keep(id, people);
          secrets.share(JSON.stringify(text), people);
        };
        for (const member of everything.members) of(member.id, { name: member.name }, member.person);
        // What was agreed on with a name that was only typed is shown to whom the manager says it is, by a link or a merge.
        for (const { employee, ...agreement } of everything.agreements) of(agreement.id, agreement, employee);
        for (const { id, memberName, member } of everything.moments) {
          const place = everything.members.find((one) => one.id === member);
          of(id, { memberName }, place?.person ?? null);
        }
      }
      for await (const { record } of world.stores.scans.all()) {
        const { tenant, id, name, managerName, measures } = record;
        const people = [record.manager, ...record.asked].map((person) => `${tenant}|${person}`);
        concerned.set(id.toLowerCase(), people);
        secrets.share(JSON.stringify({ name, managerName, measures }), people);
        // Whoever started it chose who was asked.
        secrets.share(record.asked.join(' '), [`${tenant}|${record.manager}`]);
      }
    },
    newlyReceived() {
      const found = teams.received.slice(readUpTo);
      readUpTo = teams.received.length;
      return found;
    },
    actorOf: (conversation) => byConversation.get(conversation ?? ''),
    dump: (withEtags) => dumpTables(connectionString, prefix, withEtags),
    async close() {
      await Promise.all(bots.map((bot) => bot.kill()));
      await teams.close();
      await proxy.close();
      await oneDrive.close();
      await issuer.close();
      await dropTables(connectionString, prefix);
    },
  };
  for (let count = 0; count < temper.instances; count += 1) await world.startBot();
  return world;
}

function openTrace(seed: number): string {
  const folder = join(tmpdir(), 'kopje-koffie-attack');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `seed-${seed}.txt`);
  writeFileSync(path, '');
  return path;
}

/** Two organisations that use the bot, one that may not, and somebody by themselves. */
function populate(teams: Teams, secrets: Secrets) {
  const other = teams.newTenant();
  const make = (
    given: string,
    role: Role,
    more: { tenant?: string; locale?: string; region?: string; timezone?: string } = {},
  ): Actor => {
    const word = secrets.word();
    const person = teams.person({ name: `${given} ${word}`, ...more });
    const key = `${person.tenantId}|${person.objectId}`;
    for (const id of [word, person.objectId, person.userId, person.conversationId]) secrets.keep(id, [key]);
    return { key, role, person, name: `${given} ${word}` };
  };
  const [mila, otto, petra, sanne, bram, femke, joris, anna, ben, hugo] = GIVEN_NAMES;
  const abroad = { timezone: 'America/Paramaribo', region: 'emea' };
  const actors = [
    make(mila, 'manager'),
    make(otto, 'manager', { locale: 'en-GB', region: 'emea' }),
    make(petra, 'hr'),
    make(sanne, 'employee'),
    make(bram, 'employee', abroad),
    make(femke, 'employee', { locale: 'en-US' }),
    make(joris, 'manager'),
    make(anna, 'manager', { tenant: other }),
    make(ben, 'employee', { tenant: other }),
    make(hugo, 'hr', { tenant: other, locale: 'fr-FR' }),
  ];
  const bystander = make('Wim', 'uninvolved', { tenant: teams.newTenant() });
  const outsider = make('Eve', 'outsider', { tenant: teams.newTenant() });
  return { actors, bystander, outsider };
}

/** Keeps what the buttons of an answer carry, for whoever presses them later, also where they are not theirs. */
function remember(world: World, { body, messages }: Turn): void {
  const visit = (part: unknown): void => {
    if (Array.isArray(part)) return void part.forEach(visit);
    if (typeof part !== 'object' || part === null) return;
    const { type, verb, data } = part as { type?: unknown; verb?: unknown; data?: unknown };
    if (type === 'Action.Execute' && typeof verb === 'string' && typeof data === 'object' && data !== null)
      world.payloads.push({ verb, data: data as Payload['data'] });
    for (const inner of Object.values(part)) visit(inner);
  };
  visit(body);
  visit(messages.map(({ attachments }: Activity) => attachments));
  if (world.payloads.length > MOST_PAYLOADS) world.payloads.splice(0, world.payloads.length - MOST_PAYLOADS);
}

const MOST_PAYLOADS = 400;

/** The day it is for most: in Amsterdam, `YYYY-MM-DD`. */
export function dayIn(world: Pick<World, 'now'>, ahead = 0): string {
  const at = new Date(world.now() + ahead * 86_400_000);
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Amsterdam' }).format(at);
}

/** Somebody of the same organisation, by role where that is asked for. */
export function colleagueOf(world: World, actor: Actor, chance: Chance, role?: Role): Actor | undefined {
  return chance.any(
    world.actors.filter(
      (one) =>
        one !== actor &&
        one.person.tenantId === actor.person.tenantId &&
        (role === undefined || one.role === role),
    ),
  );
}

/** A finding without what differs from one time to the next: ids, words, days and numbers. */
export function kindOf({ invariant, what }: Pick<Finding, 'invariant' | 'what'>): string {
  const code = /"code":"([^"]+)".*"msg":"([^"]+)"/.exec(what)?.slice(1).join(', ');
  const same = (code ?? what)
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, 'ID')
    .replace(/\b\w* ?xy(?:[b-z][aeiou]){4}qa/gi, 'NAME')
    .replace(/\d{4}-\d\d-\d\d(T[\d:.]+Z)?/g, 'DAY')
    .replace(/\d+/g, 'N')
    .replace(/\{.*\}/gs, '{…}')
    .replace(/"[^"]*"/g, '"…"');
  return `${invariant}: ${same.slice(0, 160)}`;
}
