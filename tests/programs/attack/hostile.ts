import {
  type Activity,
  botAddedActivity,
  installationUpdateActivity,
  messageActivity,
  type Scene,
} from '../../support/teams/activities.js';
import type { Chance } from './chance.js';
import { costlyText, DANGER, LOOK_UPS, oddText } from './texts.js';
import type { Actor, World } from './world.js';

const INVOKES = [
  'adaptiveCard/action',
  'fileConsent/invoke',
  'task/fetch',
  'task/submit',
  'composeExtension/query',
  'composeExtension/submitAction',
  'signin/verifyState',
  'signin/tokenExchange',
  'application/search',
  'message/submitAction',
  'config/fetch',
  'handoff/action',
  'constructor',
  '',
] as const;
const TYPES = [
  'message',
  'messageUpdate',
  'messageDelete',
  'messageReaction',
  'invoke',
  'installationUpdate',
  'conversationUpdate',
  'typing',
  'event',
  'endOfConversation',
  'handoff',
  'trace',
  'contactRelationUpdate',
  'noSuchThing',
] as const;
const EVENTS = [
  'editMessage',
  'undeleteMessage',
  'softDeleteMessage',
  'teamRenamed',
  'channelCreated',
] as const;

/** An activity as Teams never sends it, or not like this: parts missing, doubled, swapped or hostile. */
export function hostileActivity(world: World, actor: Actor, chance: Chance): Activity {
  let activity: Activity = ofAnyType(sceneOf(world, actor), world, chance);
  for (let changes = chance.between(0, 3); changes > 0; changes -= 1)
    activity = changed(activity, world, chance);
  const { conversation } = activity;
  const id = typeof conversation === 'object' && conversation !== null ? conversation.id : undefined;
  if (typeof id === 'string' && world.actorOf(id) === undefined) world.madeUp.add(id);
  return activity;
}

/** Where and when somebody's activity happens. */
export function sceneOf(world: World, { person }: Actor): Scene {
  const { name, userId, objectId, tenantId, conversationId, locale, timezone, serviceUrl } = person;
  const identity = { name, userId, objectId, tenantId, conversationId, locale, timezone };
  const id = `${world.now()}-${world.at}`;
  return { identity, appId: world.teams.appId, botName: 'Kopje Koffie', serviceUrl, id, at: world.now() };
}

function ofAnyType(scene: Scene, world: World, chance: Chance): Activity {
  const type = chance.any(TYPES) ?? 'message';
  const text = chance.weighted([
    [chance.any(LOOK_UPS) ?? '', 4],
    [chance.any(DANGER) ?? '', 1],
    [oddText(chance), 3],
    [costlyText(chance), 2],
  ]);
  const eventType = chance.any(EVENTS);
  const channelData = { tenant: { id: scene.identity.tenantId }, eventType };
  switch (type) {
    case 'messageUpdate':
      return messageActivity(scene, text, { type, channelData });
    case 'messageDelete':
      return messageActivity(scene, '', { type, text: undefined, channelData });
    case 'messageReaction':
      return messageActivity(scene, '', {
        type,
        text: undefined,
        reactionsAdded: [{ type: chance.of(['like', 'sad', oddText(chance)]) }],
        replyToId: `${world.now()}`,
      });
    case 'invoke':
      return messageActivity(scene, '', {
        type,
        text: undefined,
        name: chance.any(INVOKES),
        value: anyValue(world, chance),
      });
    case 'installationUpdate':
      // One that really takes the bot out belongs to the steps about that, which know of it.
      return installationUpdateActivity(scene, chance.of(['add', 'add-upgrade', 'remove-upgrade']), {
        ...(chance.yes(0.2) && { action: chance.of(['other', '__proto__', '']) }),
      });
    case 'conversationUpdate':
      return chance.yes(0.5)
        ? botAddedActivity(scene)
        : botAddedActivity(scene, {
            membersAdded: chance.of<unknown>([[], null, [{}], [{ id: scene.identity.userId }]]),
            membersRemoved: [{ id: `28:${scene.appId}` }],
          });
    default:
      return messageActivity(scene, text, { type });
  }
}

function anyValue(world: World, chance: Chance): unknown {
  const seen = chance.any(world.payloads);
  return chance.weighted<unknown>([
    [undefined, 1],
    [null, 1],
    ['menu.show', 1],
    [[], 1],
    [{ action: null }, 1],
    [{ action: { type: 'Action.Execute' } }, 1],
    [{ action: { type: 'Action.Execute', verb: 5, data: {} } }, 1],
    [{ action: { type: 'Action.Submit', verb: seen?.verb, data: seen?.data } }, 2],
    [{ action: { type: 'Action.Execute', verb: seen?.verb, data: seen?.data }, trigger: 'automatic' }, 3],
    [{ action: { type: 'Action.Execute', verb: '__proto__', data: { lang: 'nl' } } }, 1],
    [{ type: 'fileUpload', action: chance.of(['accept', 'decline', 'other']), context: seen?.data }, 3],
    [
      {
        type: 'fileUpload',
        action: 'accept',
        context: { as: 'data', lang: 'nl' },
        uploadInfo: {
          uploadUrl: 'http://169.254.169.254/latest',
          contentUrl: 'https://x/y',
          name: 'a',
          uniqueId: '1',
          fileType: 'json',
        },
      },
      2,
    ],
    [JSON.parse(`${'['.repeat(2_000)}${']'.repeat(2_000)}`), 1],
  ]);
}

/** One change: of the place and of the kind that chance says. */
function changed(activity: Activity, world: World, chance: Chance): Activity {
  const copy = JSON.parse(JSON.stringify(activity)) as Record<string, unknown>;
  const places = placesIn(copy);
  const place = chance.any(places);
  if (place === undefined) return activity;
  const { holder, key } = place;
  const how = chance.weighted([
    ['drop', 5],
    ['swap', 4],
    ['replace', 10],
  ]);
  if (how === 'swap') Object.assign(copy, swapped(copy, world, chance));
  else if (how === 'drop') delete holder[key];
  else {
    const value = holder[key];
    holder[key] = chance.weighted<unknown>([
      [null, 3],
      [oddValue(chance), 4],
      [[value, value], 1],
      [{ [key]: value }, 1],
    ]);
  }
  return copy as Activity;
}

function oddValue(chance: Chance): unknown {
  return chance.weighted<unknown>([
    [0, 1],
    [1e308, 1],
    [true, 1],
    [{}, 1],
    [[], 1],
    ['', 2],
    ['x'.repeat(chance.of([101, 4_097, 30_000])), 2],
    [oddText(chance), 3],
    ['__proto__', 1],
  ]);
}

/** Another's part in the place of one's own: never another's chat, for Teams says truly where something was said. */
function swapped(activity: Record<string, unknown>, world: World, chance: Chance): object {
  const other = chance.any(world.actors)?.person;
  const from = (activity.from ?? {}) as object;
  const conversation = (activity.conversation ?? {}) as object;
  const type = chance.of(['groupChat', 'channel', '']);
  return chance.weighted<object>([
    [{ channelData: { tenant: { id: other?.tenantId } } }, 1],
    [{ conversation: { ...conversation, tenantId: other?.tenantId } }, 1],
    [{ conversation: { ...conversation, conversationType: type } }, 2],
    [{ conversation: { ...conversation, isGroup: true } }, 1],
    [{ conversation: { ...conversation, id: `19:${'0'.repeat(32)}@thread.v2` } }, 1],
    [{ conversation: { ...conversation, id: '19:meeting_x@thread.v2' } }, 1],
    [{ from: { ...from, id: other?.userId } }, 1],
    [{ recipient: { id: other?.userId } }, 1],
    [{ serviceUrl: String(activity.serviceUrl).replace(/\/\w+\/$/, '/fr/') }, 1],
    [{ serviceUrl: 'https://evil.example/' }, 1],
    [{ timestamp: chance.of(['1999-01-01T00:00:00Z', 'gisteren', '']) }, 2],
    [{ locale: chance.of(['en-US', 'zh-Hans-CN', 'x', '']) }, 1],
    [{ deliveryMode: chance.of(['expectReplies', 'stream', 'ephemeral']) }, 1],
  ]);
}

type Place = { readonly holder: Record<string, unknown>; readonly key: string };

function placesIn(holder: Record<string, unknown>, depth = 0): Place[] {
  return Object.entries(holder).flatMap(([key, value]) => {
    const open = typeof value === 'object' && value !== null && depth < 4;
    const inside = open ? placesIn(value as Place['holder'], depth + 1) : [];
    return [{ holder, key }, ...inside.slice(0, 40)];
  });
}
