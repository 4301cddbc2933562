import type { Activity, Identity } from './activities.js';

/**
 * Why Teams refuses what a bot sends to somebody (MicrosoftDocs/msteams-docs build-conversational-
 * capability.md).
 */
export type Refusal =
  | 'BotNotInConversationRoster'
  | 'ForbiddenOperationException'
  | 'ConversationBlockedByUser'
  | 'BotDisabledByAdmin'
  | 'MessageWritesBlocked';

/** One person's conversation with the bot, as Teams keeps it. */
export interface Mailbox {
  readonly identity: Identity;
  /** The first part of the path of the service address: `amer`, `emea`. */
  region: string;
  installed: boolean;
  /** Set while the person or an administrator keeps the bot out. */
  refusal: Refusal | undefined;
  /** Everything the bot sent, as it was when it came. */
  readonly log: Activity[];
  /** The messages as they are on the screen now: updated, replaced, without the deleted ones. */
  readonly shown: Map<string, Activity>;
  readonly waiting: Set<Waiting>;
}

interface Waiting {
  readonly wanted: (message: Activity) => boolean;
  readonly resolve: (message: Activity) => void;
  readonly reject: (reason: Error) => void;
}

/** All mailboxes; looked up by index, since a bench has ten thousand of them. */
export interface Mailboxes {
  open(identity: Identity, region: string, installed: boolean): Mailbox;
  ofConversation(conversationId: string): Mailbox | undefined;
  /** By user id or by Entra object id: a conversation may be created with either. */
  ofMember(id: string): Mailbox | undefined;
  all(): Iterable<Mailbox>;
}

export function createMailboxes(): Mailboxes {
  const byConversation = new Map<string, Mailbox>();
  const byMember = new Map<string, Mailbox>();
  return {
    open: (identity, region, installed) => {
      const kept = { refusal: undefined, log: [], shown: new Map(), waiting: new Set<Waiting>() };
      const mailbox = { identity, region, installed, ...kept };
      byConversation.set(identity.conversationId, mailbox);
      byMember.set(identity.userId, mailbox).set(identity.objectId, mailbox);
      return mailbox;
    },
    ofConversation: (conversationId) => byConversation.get(conversationId),
    ofMember: (id) => byMember.get(id),
    all: () => byConversation.values(),
  };
}

export function deliver(mailbox: Mailbox, activity: Activity & { readonly id: string }): void {
  mailbox.log.push(activity);
  if (activity.type !== 'message') return;
  mailbox.shown.set(activity.id, activity);
  for (const waiting of [...mailbox.waiting].filter(({ wanted }) => wanted(activity))) {
    mailbox.waiting.delete(waiting);
    waiting.resolve(activity);
  }
}

/** Resolves with the next message that is wanted; `abandon` ends the wait, no clock does. */
export function nextMessage(mailbox: Mailbox, wanted: (message: Activity) => boolean): Promise<Activity> {
  return new Promise((resolve, reject) => mailbox.waiting.add({ wanted, resolve, reject }));
}

export function abandon(mailbox: Mailbox): void {
  const reason = new Error(`Teams was closed while ${mailbox.identity.name} waited for a message`);
  for (const { reject } of mailbox.waiting) reject(reason);
  mailbox.waiting.clear();
}

/** Why a send to this person is refused, if it is; `creating` asks the same for a new conversation. */
export function refusalFor(mailbox: Mailbox, creating: boolean): Refusal | undefined {
  if (mailbox.refusal) return mailbox.refusal;
  if (mailbox.installed) return undefined;
  return creating ? 'ForbiddenOperationException' : 'BotNotInConversationRoster';
}
