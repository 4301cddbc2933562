/** An activity as it goes over the wire; instants are strings. */
export interface Activity {
  readonly type: string;
  readonly id?: string;
  readonly name?: string;
  readonly action?: string;
  readonly text?: string;
  readonly summary?: string;
  readonly value?: unknown;
  readonly replyToId?: string;
  readonly serviceUrl?: string;
  readonly locale?: string;
  readonly conversation?: {
    readonly id: string;
    readonly tenantId?: string;
    readonly [field: string]: unknown;
  };
  readonly attachments?: readonly Attachment[];
  readonly [field: string]: unknown;
}

export interface Attachment {
  readonly contentType: string;
  readonly content?: unknown;
  readonly [field: string]: unknown;
}

/** Fields that replace those of a built activity; `undefined` leaves a field out. */
export type ActivityOverrides = { readonly [field: string]: unknown };

/** Who somebody is to Teams. */
export interface Identity {
  readonly name: string;
  /** `29:…`, another one for each bot. */
  readonly userId: string;
  /** The Entra object id. */
  readonly objectId: string;
  readonly tenantId: string;
  /** `a:…`, the personal conversation with the bot. */
  readonly conversationId: string;
  readonly locale: string;
  readonly timezone: string;
}

/** Where and when an activity happens. */
export interface Scene {
  readonly identity: Identity;
  readonly appId: string;
  readonly botName: string;
  readonly serviceUrl: string;
  /** The activity's own id. */
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/**
 * A typed message in the personal scope.
 *
 * Fields as in MicrosoftDocs/msteams-docs build-conversational-capability.md and Microsoft's Activity schema.
 */
export function messageActivity(scene: Scene, text: string, overrides: ActivityOverrides = {}): Activity {
  return build(scene, { type: 'message', textFormat: 'plain', text, attachments: [], ...overrides });
}

/**
 * What an Action.Submit sends: a message without text, with the button's data and the inputs as its
 * value.
 */
export function submitActivity(
  scene: Scene,
  value: unknown,
  replyToId: string,
  overrides: ActivityOverrides = {},
): Activity {
  return build(scene, {
    type: 'message',
    value,
    replyToId,
    channelData: fromCard(scene, replyToId),
    ...overrides,
  });
}

/** What an Action.Execute sends, and Teams itself for `refresh` (then with the trigger `automatic`). */
export function cardInvokeActivity(
  scene: Scene,
  action: { readonly id?: string; readonly verb?: string; readonly data?: unknown },
  replyToId: string,
  trigger: 'manual' | 'automatic' = 'manual',
  overrides: ActivityOverrides = {},
): Activity {
  return build(scene, {
    type: 'invoke',
    name: 'adaptiveCard/action',
    value: { action: { type: 'Action.Execute', ...action }, trigger },
    replyToId,
    channelData: fromCard(scene, replyToId),
    ...overrides,
  });
}

/**
 * Somebody's answer to a file consent card. `uploadInfo`, the place for the file, comes when they accept.
 *
 * MicrosoftDocs/msteams-docs bots-filesv4.md.
 */
export function fileAnswerActivity(
  scene: Scene,
  answer: { readonly action: string; readonly context: unknown; readonly uploadInfo?: unknown },
  replyToId: string,
  overrides: ActivityOverrides = {},
): Activity {
  return build(scene, {
    type: 'invoke',
    name: 'fileConsent/invoke',
    value: { type: 'fileUpload', ...answer },
    replyToId,
    channelData: fromCard(scene, replyToId),
    ...overrides,
  });
}

/**
 * The app was installed (`add`), removed (`remove`) or brought to a new version (`add-upgrade`).
 *
 * MicrosoftDocs/msteams-docs subscribe-to-conversation-events.md; such events name nobody, they only
 * carry ids.
 */
export function installationUpdateActivity(
  scene: Scene,
  action: 'add' | 'remove' | 'add-upgrade' | 'remove-upgrade',
  overrides: ActivityOverrides = {},
): Activity {
  return build(scene, { type: 'installationUpdate', action, from: namelessSender(scene), ...overrides });
}

/** The other event of an installation: the bot joined the conversation. */
export function botAddedActivity(scene: Scene, overrides: ActivityOverrides = {}): Activity {
  const membersAdded = [{ id: `28:${scene.appId}` }];
  return build(scene, {
    type: 'conversationUpdate',
    membersAdded,
    from: namelessSender(scene),
    ...overrides,
  });
}

function build(scene: Scene, fields: ActivityOverrides): Activity {
  const { identity } = scene;
  const activity = {
    channelId: 'msteams',
    id: scene.id,
    timestamp: new Date(scene.at).toISOString(),
    localTimestamp: withOffset(scene.at, identity.timezone),
    localTimezone: identity.timezone,
    serviceUrl: scene.serviceUrl,
    from: { ...namelessSender(scene), name: identity.name },
    conversation: {
      conversationType: 'personal',
      tenantId: identity.tenantId,
      id: identity.conversationId,
    },
    recipient: { id: `28:${scene.appId}`, name: scene.botName },
    entities: [
      {
        type: 'clientInfo',
        locale: identity.locale,
        country: identity.locale.split('-')[1] ?? 'NL',
        platform: 'Windows',
        timezone: identity.timezone,
      },
    ],
    channelData: { tenant: { id: identity.tenantId } },
    locale: identity.locale,
    ...fields,
  };
  return JSON.parse(JSON.stringify(activity)) as Activity;
}

function namelessSender({ identity }: Scene) {
  return { id: identity.userId, aadObjectId: identity.objectId };
}

function fromCard({ identity }: Scene, replyToId: string) {
  return { tenant: { id: identity.tenantId }, source: { name: 'message' }, legacy: { replyToId } };
}

/** By zone: making one takes longer than all else of an activity. */
const offsets = new Map<string, Intl.DateTimeFormat>();

function withOffset(at: number, timeZone: string): string {
  const format =
    offsets.get(timeZone) ?? new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  offsets.set(timeZone, format);
  const parts = format.formatToParts(at);
  const [, sign = '+', hours = '00', minutes = '00'] =
    /GMT([+-])(\d\d):(\d\d)/.exec(parts.find(({ type }) => type === 'timeZoneName')?.value ?? '') ?? [];
  const offset = (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === '+' ? 1 : -1);
  return new Date(at + offset).toISOString().replace('Z', `${sign}${hours}:${minutes}`);
}
