import { z } from 'zod';
import { LANGS, type Lang } from '../../cards/content/words.js';
import { isEntraId } from '../domain/entra-id.js';
import type { Reference } from '../domain/person.js';
import type { FileAnswer, TurnInput } from '../turn.js';

/** So many members and attachments are looked at: Teams sends a few, and each more costs time before anybody is authenticated. */
const MOST_LISTED = 200;

const text = z.string().max(4_096);
/** Ids go into paths and headers of what is sent back, where other characters cannot be. */
const id = text.regex(/^[\x20-\x7e]*$/);
function few<One extends z.ZodType>(one: One) {
  return z.preprocess(
    (list) => (Array.isArray(list) ? list.slice(0, MOST_LISTED) : list),
    z.array(one).nullish(),
  );
}
/**
 * Reading an address costs the square of the marks in its host, and zod reads before it measures: 250 KB of them held
 * the thread for four seconds, before anybody was authenticated.
 */
function address(most: number, protocol: RegExp) {
  return z.string().max(most).pipe(z.url({ protocol }));
}
const someone = z.object({ id: id.nullish(), name: text.nullish(), aadObjectId: text.nullish() });

/**
 * What every activity has to be before Bot Framework's adapter looks at it: it trusts shapes that a scanner need
 * not send, and answers with a 500 then. What is not named here goes no further: neither we nor the adapter need it.
 * Teams is the only channel that is served.
 */
export const envelope = z.object({
  type: z.string().min(1).max(100),
  id: id.nullish(),
  timestamp: text.nullish(),
  name: text.nullish(),
  action: text.nullish(),
  channelId: z.literal('msteams'),
  serviceUrl: address(2_048, /^https?$/),
  from: someone,
  recipient: someone,
  conversation: z.object({
    id: id.min(1).max(1_000),
    tenantId: id.nullish(),
    conversationType: text.nullish(),
    isGroup: z.boolean().nullish(),
  }),
  channelData: z.object({ tenant: z.object({ id: id.nullish() }).nullish() }).nullish(),
  membersAdded: few(z.object({ id: id.nullish() })),
  text: z.string().nullish(),
  /** What kind each is; of its name and content nothing is read but whether somebody is in danger. */
  attachments: few(
    z.object({
      contentType: text.nullish(),
      name: z.unknown().optional(),
      content: z.unknown().optional(),
    }),
  ),
  value: z.unknown().optional(),
  replyToId: id.nullish(),
  locale: text.nullish(),
});

export type Envelope = z.infer<typeof envelope>;

/** What Teams sends when somebody answers a file consent card. Source: MicrosoftDocs/msteams-docs, bots-filesv4.md. */
const fileAnswer = z.object({
  type: z.literal('fileUpload'),
  action: z.enum(['accept', 'decline']),
  context: z.unknown().optional(),
  uploadInfo: z.unknown().optional(),
});
const filePlace = z.object({
  uploadUrl: address(16_384, /^https?$/),
  contentUrl: address(4_096, /^https$/),
  name: text.min(1).max(400),
  uniqueId: text.min(1).max(400),
  fileType: text.max(100),
});

/** How Teams hands on a file, or a picture that was pasted. Source: MicrosoftDocs/msteams-docs, bots-filesv4.md. */
const FILE = /^(application\/vnd\.microsoft\.teams\.file\.download\.info$|image\/)/;

/** How Teams writes in a text who is spoken to. */
const MENTION = /<at\b[^<>]*>[^<>]*<\/at>/gi;

/** What is read of an activity; Bot Framework's own type fits it. */
export type Incoming = {
  readonly type?: string;
  /** Botbuilder makes a Date of it in some of its ways in, and leaves the text in others. */
  readonly timestamp?: string | Date;
  readonly name?: string;
  readonly action?: string;
  readonly text?: string;
  readonly attachments?: readonly {
    readonly contentType?: string;
    readonly name?: unknown;
    readonly content?: unknown;
  }[];
  readonly locale?: string;
  readonly value?: unknown;
  readonly channelId?: string;
  readonly serviceUrl?: string;
  readonly channelData?: { readonly tenant?: { readonly id?: string } } | null;
  readonly conversation?: {
    readonly id?: string;
    readonly tenantId?: string;
    readonly conversationType?: string;
  };
  readonly from?: { readonly id?: string; readonly name?: string; readonly aadObjectId?: string };
  readonly recipient?: { readonly id?: string };
  readonly membersAdded?: readonly { readonly id?: string }[];
};

/** Who acts and where they can be written to; null for an activity of nobody that we can know. */
export function readSender(activity: Incoming): {
  readonly tenant: string;
  readonly person: string;
  readonly name: string;
  readonly reference: Reference;
} | null {
  const tenant = (activity.channelData?.tenant?.id ?? activity.conversation?.tenantId ?? '').toLowerCase();
  const person = (activity.from?.aadObjectId ?? '').toLowerCase();
  if (!isEntraId(tenant) || !isEntraId(person)) return null;
  return {
    tenant,
    person,
    name: activity.from?.name ?? '',
    reference: {
      channel: activity.channelId ?? '',
      serviceUrl: activity.serviceUrl ?? '',
      conversation: activity.conversation?.id ?? '',
      tenant,
      bot: activity.recipient?.id ?? '',
      user: activity.from?.id ?? '',
    },
  };
}

/** How far Teams' clock may be ahead of ours before we go by ours. */
const CLOCKS_DIFFER_MS = 60_000;

/**
 * When something happened by Teams' clock, as an instant; `now` where it does not say, or says what lies in the future.
 * Only for telling which of two events came first.
 */
export function readOccurredAt({ timestamp }: Incoming, now: Date): string {
  const at = timestamp === undefined ? Number.NaN : new Date(timestamp).getTime();
  return at <= now.getTime() + CLOCKS_DIFFER_MS ? new Date(at).toISOString() : now.toISOString();
}

/**
 * Whether a conversation is somebody's own chat with the bot. In Teams its id starts with `a:`; meetings, groups and
 * chats between people (`19:…`) have been seen under the type `personal`, and what is sent there is read by others.
 * `local` takes any other id too, since a try-out may name its chats as it likes.
 */
export function isPersonalChat(conversation: string, local: boolean): boolean {
  return conversation.startsWith('a:') || (local && !conversation.startsWith('19:'));
}

/** What was done, or null for what we have no answer to: typing, reactions, a message that was taken back. */
export function readInput(activity: Incoming): TurnInput | null {
  switch (activity.type) {
    case 'message':
      return readMessage(activity);
    // Written anew, or put back: who mends a slip of the pen asks again.
    case 'messageUpdate':
      return shortened(activity.text) === '' ? null : { kind: 'text', text: shortened(activity.text) };
    case 'invoke':
      return readInvoke(activity);
    case 'installationUpdate':
      // `remove-upgrade` is half of an upgrade: the person stays.
      if (activity.action === 'add' || activity.action === 'add-upgrade') return { kind: 'installed' };
      return activity.action === 'remove' ? { kind: 'removed' } : null;
    case 'conversationUpdate':
      return isAdded(activity) ? { kind: 'installed' } : null;
    default:
      return null;
  }
}

function isAdded({ membersAdded, recipient }: Incoming): boolean {
  const bot = recipient?.id;
  return bot !== undefined && (membersAdded ?? []).some((member) => member.id === bot);
}

/** The language that Teams is set to, if it is one of ours. */
export function readLocale(locale: string | undefined): Lang | null {
  const language = (locale ?? '').toLowerCase().split('-')[0];
  return LANGS.find((lang) => lang === language) ?? null;
}

function readMessage(activity: Incoming): TurnInput {
  const { value } = activity;
  if (isRecord(value) && typeof value.verb === 'string') {
    return { kind: 'press', verb: value.verb, data: value };
  }
  const words = shortened(activity.text);
  const isFile = (activity.attachments ?? []).some(({ contentType }) => FILE.test(contentType ?? ''));
  return isFile && words === '' ? { kind: 'sent-file' } : { kind: 'text', text: words };
}

/** So much of a message is understood: the question comes first, and reading costs more than the length. */
const SAID_LETTERS = 1_000;

/** One line of at most so many letters, without the name of the bot that Teams puts before what is said in a group. */
function shortened(words: string | null | undefined): string {
  const line = (words ?? '').replace(MENTION, ' ').replace(/\s+/gu, ' ').trim();
  return line.slice(0, SAID_LETTERS);
}

function readInvoke(activity: Incoming): TurnInput | null {
  if (activity.name === 'fileConsent/invoke') return readFileAnswer(activity.value);
  if (activity.name !== 'adaptiveCard/action') return null;
  const { value } = activity;
  const action: unknown = isRecord(value) ? value.action : undefined;
  if (!isRecord(action) || typeof action.verb !== 'string') return { kind: 'press', verb: '', data: null };
  return { kind: 'press', verb: action.verb, data: action.data ?? {} };
}

function readFileAnswer(value: unknown): FileAnswer | null {
  const answer = fileAnswer.safeParse(value);
  if (!answer.success) return null;
  const { action, context, uploadInfo } = answer.data;
  const accepted = action === 'accept';
  const place = accepted ? filePlace.safeParse(uploadInfo) : null;
  return { kind: 'file', accepted, context, place: place?.data ?? null };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
