import type { Activity } from './activities.js';
import type { Mailbox, Mailboxes } from './teams-mailbox.js';

export type Operation = 'create' | 'send' | 'reply' | 'update' | 'delete' | 'members' | 'member' | 'unknown';

/** A request of the bot to the connector. */
export interface ConnectorRequest {
  readonly operation: Operation;
  readonly method: string;
  /** Decoded, with the region before it. */
  readonly path: string;
  readonly headers: { readonly [name: string]: string | string[] | undefined };
  readonly body: unknown;
  /** By the stand-in's clock, in milliseconds. */
  readonly time: number;
  readonly conversationId?: string;
  readonly activityId?: string;
  /** The name of the person concerned, when known. */
  readonly person?: string;
}

export interface CreateBody {
  readonly isGroup?: boolean;
  readonly members?: readonly { readonly id?: string }[];
  readonly tenantId?: string;
  readonly channelData?: { readonly tenant?: { readonly id?: string } };
  readonly activity?: Activity;
}

const ROUTE = /^\/[a-z]+\/v3\/conversations(?:\/([^/]+)\/(activities|members|pagedmembers)(?:\/([^/]+))?)?$/;

/** The operations of botbuilder-js libraries/botframework-connector that concern personal conversations. */
const OPERATIONS: Readonly<Record<string, Operation>> = {
  'POST all': 'create',
  'POST activities': 'send',
  'POST activities one': 'reply',
  'PUT activities one': 'update',
  'DELETE activities one': 'delete',
  'GET members': 'members',
  'GET pagedmembers': 'members',
  'GET members one': 'member',
};

type Understood = Pick<ConnectorRequest, 'operation' | 'path' | 'conversationId' | 'activityId' | 'person'>;

/** What a request is about, and whom it concerns. */
export function understand(mailboxes: Mailboxes, method: string, url: string, body: unknown): Understood {
  const path = url.split('?')[0] ?? '';
  const route = ROUTE.exec(path);
  const [conversation, what = 'all', one] = route?.slice(1) ?? [];
  const operation = route ? (OPERATIONS[`${method} ${what}${one ? ' one' : ''}`] ?? 'unknown') : 'unknown';
  const asked = conversation && decodeURIComponent(conversation);
  const mailbox =
    operation === 'create' ? firstMember(mailboxes, body) : mailboxes.ofConversation(asked ?? '');
  const conversationId = mailbox?.identity.conversationId ?? asked;
  return {
    operation,
    path: decodeURIComponent(path),
    ...(conversationId && { conversationId }),
    ...(one && { activityId: decodeURIComponent(one) }),
    ...(mailbox && { person: mailbox.identity.name }),
  };
}

export function firstMember(mailboxes: Mailboxes, body: unknown): Mailbox | undefined {
  return mailboxes.ofMember((body as CreateBody | undefined)?.members?.[0]?.id ?? '');
}
