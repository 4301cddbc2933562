import type { Activity } from './activities.js';
import { attachmentsOf, FILE_CONSENT, fileFaults } from './teams-files.js';
import type { TeamsIds } from './teams-ids.js';
import { type Limiter, MEMBER_LIMITS, type Meter, SEND_LIMITS, TENANT_LIMITS } from './teams-limits.js';
import { deliver, type Mailbox, type Mailboxes, type Refusal, refusalFor } from './teams-mailbox.js';
import { type ConnectorRequest, type CreateBody, firstMember } from './teams-routes.js';
import { isTooBig, messageFaults } from './teams-rules.js';

export interface ConnectorAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** What the connector knows; the stand-in owns it. */
export interface ConnectorWorld {
  readonly ids: TeamsIds;
  readonly mailboxes: Mailboxes;
  readonly limiter: Limiter;
  now(): number;
  /** False where Teams has no files for bots, as those of some governments and of China. */
  takesFiles(): boolean;
  violation(text: string): void;
}

/**
 * The Bot Connector of Teams for personal conversations: answers a request, once its limits allow it.
 *
 * Paths and bodies as botbuilder-js libraries/botframework-connector uses them, refusals as in
 * MicrosoftDocs/msteams-docs build-conversational-capability.md and send-proactive-messages.md.
 */
export function createConnector(world: ConnectorWorld) {
  const mailboxOf = ({ conversationId = '' }: ConnectorRequest) =>
    world.mailboxes.ofConversation(conversationId);

  return {
    /** The 429 that a request deserves, if it does. */
    throttle(request: ConnectorRequest): ConnectorAnswer | undefined {
      const mailbox = mailboxOf(request);
      const wait = world.limiter.admit(metersOf(request, mailbox));
      if (wait === undefined) return undefined;
      const headers = { 'retry-after': String(Math.max(1, Math.ceil(wait / 1000))) };
      return { status: 429, headers, body: error('Throttled', 'Too many requests.') };
    },

    handle(request: ConnectorRequest): ConnectorAnswer {
      if (request.operation === 'unknown') {
        world.violation(`Teams has no ${request.method} ${request.path}`);
        return { status: 404, body: error('NotFound', 'No such address.') };
      }
      if (request.operation === 'create') return create(world, request);
      const mailbox = mailboxOf(request);
      if (!mailbox) {
        world.violation(`${request.operation} in an unknown conversation ${request.conversationId}`);
        return { status: 404, body: error('ConversationNotFound', 'Conversation not found.') };
      }
      const refusal = refusalFor(mailbox, false);
      if (refusal) return refused(refusal);
      if (request.operation === 'members' || request.operation === 'member') return members(mailbox, request);
      if (['send', 'reply'].includes(request.operation) && !namesTenant(request.body, mailbox)) {
        world.violation(`a message to ${mailbox.identity.name} that does not name their tenant`);
        return { status: 403, body: error('Forbidden', 'The tenant of the conversation is missing.') };
      }
      return request.operation === 'send' || request.operation === 'reply'
        ? send(world, mailbox, request)
        : change(world, mailbox, request);
    },
  };
}

function metersOf({ operation, conversationId }: ConnectorRequest, mailbox: Mailbox | undefined): Meter[] {
  const meters: Meter[] = [];
  if (mailbox) meters.push({ key: `tenant ${mailbox.identity.tenantId}`, limits: TENANT_LIMITS });
  if (['create', 'send', 'reply'].includes(operation))
    meters.push({ key: `send ${conversationId}`, limits: SEND_LIMITS });
  if (['members', 'member'].includes(operation))
    meters.push({ key: `members ${conversationId}`, limits: MEMBER_LIMITS });
  return meters;
}

function create(world: ConnectorWorld, request: ConnectorRequest): ConnectorAnswer {
  const body = (request.body ?? {}) as CreateBody;
  if (body.isGroup || body.members?.length !== 1) {
    world.violation('a bot can only create a conversation with one person');
    return { status: 400, body: error('BadSyntax', 'Incorrect conversation creation parameters') };
  }
  const tenantId = body.tenantId ?? body.channelData?.tenant?.id;
  if (!tenantId) {
    world.violation('a conversation created without a tenantId');
    return { status: 400, body: error('BadArgument', 'Tenant id is missing.') };
  }
  const mailbox = firstMember(world.mailboxes, body);
  if (!mailbox || mailbox.identity.tenantId !== tenantId) {
    world.violation(`a conversation created with somebody unknown in tenant ${tenantId}`);
    return refused('ForbiddenOperationException');
  }
  const refusal = refusalFor(mailbox, true);
  if (refusal) return refused(refusal);
  const id = mailbox.identity.conversationId;
  if (!body.activity) return { status: 201, body: { id } };
  const sent = send(world, mailbox, { ...request, body: body.activity });
  return sent.status === 201
    ? { status: 201, body: { id, activityId: (sent.body as { id: string }).id } }
    : sent;
}

/**
 * Some tenants refuse a message that says nowhere which tenant it is for, answers in a turn always say it
 * (microsoft/botbuilder-js libraries/botbuilder-core/src/turnContext.ts, `applyConversationReference`).
 */
function namesTenant(body: unknown, { identity }: Mailbox): boolean {
  const { conversation, channelData } = (body ?? {}) as {
    conversation?: { tenantId?: string };
    channelData?: { tenant?: { id?: string } };
  };
  return [conversation?.tenantId, channelData?.tenant?.id].includes(identity.tenantId);
}

function send(world: ConnectorWorld, mailbox: Mailbox, request: ConnectorRequest): ConnectorAnswer {
  const problem = inspect(world, mailbox, request.body as Activity);
  if (problem) return problem;
  const id = world.ids.message(request.time);
  deliver(mailbox, { ...(request.body as Activity), id, timestamp: new Date(request.time).toISOString() });
  return { status: 201, body: { id } };
}

function change(world: ConnectorWorld, mailbox: Mailbox, request: ConnectorRequest): ConnectorAnswer {
  const id = request.activityId ?? '';
  const shown = mailbox.shown.get(id);
  if (!shown) {
    world.violation(`${request.operation} of an unknown activity ${id}`);
    return { status: 404, body: error('ActivityNotFoundInConversation', 'Activity not found.') };
  }
  if (request.operation === 'delete') {
    mailbox.shown.delete(id);
    return { status: 200 };
  }
  const problem = inspect(world, mailbox, request.body as Activity);
  if (problem) return problem;
  mailbox.shown.set(id, { ...(request.body as Activity), id, timestamp: shown.timestamp });
  return { status: 200, body: { id } };
}

function inspect(
  world: ConnectorWorld,
  { identity }: Mailbox,
  activity: Activity,
): ConnectorAnswer | undefined {
  if (typeof activity !== 'object' || activity === null)
    return { status: 400, body: error('BadArgument', 'No activity.') };
  for (const fault of messageFaults(activity)) world.violation(`to ${identity.name}: ${fault}`);
  const files = attachmentsOf(activity, FILE_CONSENT);
  if (files.length > 0 && (!world.takesFiles() || fileFaults(activity).length > 0))
    return { status: 400, body: error('BadSyntax', 'Unknown attachment type') };
  if (!isTooBig(activity)) return undefined;
  return { status: 413, body: error('MessageSizeTooBig', 'Message size too large.') };
}

function members({ identity }: Mailbox, { operation, activityId, path }: ConnectorRequest): ConnectorAnswer {
  const [givenName = '', ...rest] = identity.name.split(' ');
  const address = `${identity.name.toLowerCase().replaceAll(' ', '.')}@example.org`;
  const member = {
    id: identity.userId,
    name: identity.name,
    aadObjectId: identity.objectId,
    objectId: identity.objectId,
    givenName,
    surname: rest.join(' '),
    email: address,
    userPrincipalName: address,
    tenantId: identity.tenantId,
    userRole: 'user',
  };
  if (operation === 'members')
    return { status: 200, body: path.endsWith('pagedmembers') ? { members: [member] } : [member] };
  if (activityId === identity.userId || activityId === identity.objectId)
    return { status: 200, body: member };
  return {
    status: 404,
    body: error('MemberNotFoundInConversation', 'Member not found in the conversation.'),
  };
}

/** The 403 for a refusal; MessageWritesBlocked is the odd one, with JSON inside a string and no `error`. */
export function refused(refusal: Refusal): ConnectorAnswer {
  if (refusal !== 'MessageWritesBlocked')
    return { status: 403, body: error(refusal, REFUSAL_TEXTS[refusal]) };
  const details = { subCode: refusal, details: REFUSAL_TEXTS[refusal], errorCode: null, errorSubCode: null };
  return { status: 403, body: { errorCode: 209, message: JSON.stringify(details, null, 2) } };
}

const REFUSAL_TEXTS: Readonly<Record<Refusal, string>> = {
  BotNotInConversationRoster: 'The bot is not part of the conversation roster.',
  ForbiddenOperationException: "Bot isn't installed in user's personal scope",
  ConversationBlockedByUser: 'User blocked the conversation with the bot.',
  BotDisabledByAdmin: 'The tenant admin disabled this bot.',
  MessageWritesBlocked: 'Thread is blocked from message writes.',
};

function error(code: string, message: string) {
  return { error: { code, message } };
}
