import { type Activity, ActivityTypes, CardFactory, type TurnContext } from 'botbuilder';
import { type Lang, wordsIn } from '../cards/content/words.js';
import { crisisCard } from '../cards/crisis/crisis.card.js';
import type { Card } from '../cards/render.js';
import {
  type Incoming,
  isPersonalChat,
  readLocale,
  readOccurredAt,
  readSaid,
  readSender,
} from './activity.js';
import type { DangerFirst } from './danger-first.js';
import type { Log } from './log.js';
import {
  type FileOffer,
  type Reply,
  refuse,
  type SavedFile,
  show,
  showBeside,
  type TurnHandler,
} from './reply.js';
import type { Said, Turn } from './turn.js';

export type TeamsBot = (context: TurnContext) => Promise<void>;

export type TeamsBotNeeds = {
  readonly route: TurnHandler;
  /** Asked of every activity, before anything else. */
  readonly inDanger: DangerFirst;
  /** The language to answer in before it is known who asks. */
  readonly langOf: (activity: Incoming) => Lang;
  readonly log: Log;
  readonly now: () => Date;
  /** Entra tenant ids that may use the bot; empty means all. */
  readonly allowedTenants: readonly string[];
  /** False where the client says one language whatever the person reads, as the try-out's does. */
  readonly trustLocale: boolean;
  /** Takes the chats of a try-out for personal ones, whatever their ids. */
  readonly local: boolean;
};

/** What any card may be. Teams takes 100 KB of UTF-16; this leaves room for its own part of the message. */
const CARD_MAX_BYTES = 28 * 1024;
const DEFAULT_LANG: Lang = 'nl';
const CARD = 'application/vnd.microsoft.card.adaptive';
const ERROR = 'application/vnd.microsoft.error';
const MESSAGE = 'application/vnd.microsoft.activity.message';
const PRESS = 'adaptiveCard/action';
const FILE_CONSENT = 'application/vnd.microsoft.teams.card.file.consent';
const FILE_INFO = 'application/vnd.microsoft.teams.card.file.info';

/** Activity in, reply out: the only place where a Reply becomes what Bot Framework sends. */
export function createTeamsBot(needs: TeamsBotNeeds): TeamsBot {
  return async (context) => {
    const { activity } = context;
    // Help needs no name, no organisation and no record: it comes before whatever else has to be known or allowed.
    if (needs.inDanger(activity)) return sendHelp(context, crisisCard(needs.langOf(activity)));
    const said = readSaid(activity);
    const sender = readSender(activity);
    if (said === null) {
      if (activity.type === ActivityTypes.Invoke) await answerInvoke(context, 501, undefined);
      return;
    }
    if (!isOneToOne(activity, needs.local)) return sendUnserved(context, needs, said, 'oneToOne');
    if (sender === null) return sendUnserved(context, needs, said, 'unknownSender');
    const locale = needs.trustLocale ? readLocale(activity.locale) : null;
    const now = needs.now();
    const { reference } = sender;
    const turn: Turn = {
      ...sender,
      reference: isPersonalChat(reference.conversation, needs.local) ? reference : null,
      occurredAt: readOccurredAt(activity, now),
      said,
      locale,
      lang: locale ?? DEFAULT_LANG,
      now: now.toISOString(),
    };
    if (needs.allowedTenants.length > 0 && !needs.allowedTenants.includes(sender.tenant)) {
      await send(context, refuse('other-tenant', wordsIn(needs.langOf(activity)).notice.otherTenant));
      return;
    }
    await send(context, withinSize(await offered(context, await needs.route(turn))));
  };
}

/** Who does not say what kind of chat it is, is believed by its id. */
function isOneToOne({ conversation }: Incoming, local: boolean): boolean {
  const { conversationType: type, id = '' } = conversation ?? {};
  return type === 'personal' || ((type ?? '') === '' && isPersonalChat(id, local));
}

/** What somebody does who waits for an answer: silence would leave them guessing. */
const SPOKEN: readonly Said['kind'][] = ['text', 'press', 'sent-file'];
const NOT_SERVED = { unknownSender: 'unknown-sender', oneToOne: 'not-one-to-one' } as const;

/** Says why nothing can be done here. What was asked is not looked at. */
async function sendUnserved(
  context: TurnContext,
  { langOf, log }: Pick<TeamsBotNeeds, 'langOf' | 'log'>,
  said: Said,
  why: keyof typeof NOT_SERVED,
): Promise<void> {
  const code = NOT_SERVED[why];
  log.warn({ code, kind: said.kind }, 'not served');
  if (SPOKEN.includes(said.kind))
    await send(context, refuse(code, wordsIn(langOf(context.activity)).notice[why]));
  else if (context.activity.type === ActivityTypes.Invoke) await answerInvoke(context, 501, undefined);
}

/** Beside a form, which stays as it is with what was typed in it; to what is no press as an answer. */
async function sendHelp(context: TurnContext, card: Card): Promise<void> {
  const { type, name, value } = context.activity;
  if (type === ActivityTypes.Invoke && name !== PRESS) {
    await answerInvoke(context, 200, undefined);
    return say(context, showBeside(card));
  }
  await send(context, value === undefined || value === null ? show(card) : showBeside(card));
}

/** Says that something failed, in a way that keeps the card and what was typed in it. For `onTurnError`. */
export async function sendFailure(context: TurnContext, message: string, code: string): Promise<void> {
  await send(context, refuse(code, message));
}

/** A card as a message; its summary is what the notification shows. */
export function cardMessage(card: Card): Partial<Activity> {
  return {
    type: ActivityTypes.Message,
    attachments: [CardFactory.adaptiveCard(card)],
    summary: card.fallbackText,
  };
}

/** Cards that were weighed before: those that are the same for everybody. */
const FITS = new WeakSet<Card>();

/** A form that came back too large stays as it is at the client, with all that was typed in it. */
function withinSize(reply: Reply): Reply {
  if (reply.kind !== 'card') return reply;
  const { card } = reply;
  if (FITS.has(card)) return reply;
  if (Buffer.byteLength(JSON.stringify(card)) <= CARD_MAX_BYTES) {
    FITS.add(card);
    return reply;
  }
  return refuse('too-large', wordsIn(card.lang).notice.tooLarge);
}

/** Sends what asks whether a file may be saved. Not every Teams has that, as those of some governments have not. */
async function offered(context: TurnContext, reply: Reply): Promise<Reply> {
  if (reply.kind !== 'offer') return reply;
  try {
    await context.sendActivity(consentMessage(reply.offer));
  } catch {
    return show(reply.otherwise);
  }
  return show(reply.card);
}

async function send(context: TurnContext, reply: Reply): Promise<void> {
  const { type, name } = context.activity;
  if (type !== ActivityTypes.Invoke) return say(context, reply);
  return name === 'fileConsent/invoke' ? answerConsent(context, reply) : answerPress(context, reply);
}

async function say(context: TurnContext, reply: Reply): Promise<void> {
  switch (reply.kind) {
    case 'card':
      return showCard(context, reply.card);
    case 'beside':
      return void (await context.sendActivity(cardMessage(reply.card)));
    case 'file':
      return void (await context.sendActivity(savedMessage(reply.message, reply.file)));
    case 'told':
    case 'refused':
      return void (await context.sendActivity(reply.message));
  }
}

/**
 * What came of a file comes as a message, and the card that asked for it goes: Teams leaves it there to be pressed
 * again. Source: MicrosoftDocs/msteams-docs, bots-filesv4.md.
 */
async function answerConsent(context: TurnContext, reply: Reply): Promise<void> {
  const { replyToId } = context.activity;
  // Whatever becomes of the messages, the press is answered.
  await answerInvoke(context, 200, undefined);
  await say(context, reply);
  if (replyToId !== undefined) {
    // It may be gone already, by an answer from another device.
    await context.deleteActivity(replyToId).catch(() => undefined);
  }
}

function consentMessage({ name, description, sizeInBytes, context }: FileOffer): Partial<Activity> {
  const content = { description, sizeInBytes, acceptContext: context, declineContext: context };
  return {
    type: ActivityTypes.Message,
    attachments: [{ contentType: FILE_CONSENT, name, content }],
    summary: description,
  };
}

function savedMessage(text: string, { name, contentUrl, uniqueId, fileType }: SavedFile): Partial<Activity> {
  return {
    type: ActivityTypes.Message,
    text,
    attachments: [{ contentType: FILE_INFO, name, contentUrl, content: { uniqueId, fileType } }],
  };
}

/** Teams wants HTTP 200 for whatever the bot processed; what came of it stands in the body. */
async function answerPress(context: TurnContext, reply: Reply): Promise<void> {
  switch (reply.kind) {
    case 'card':
      return answerInvoke(context, 200, { statusCode: 200, type: CARD, value: reply.card });
    case 'refused':
      await answerInvoke(context, 200, {
        statusCode: 400,
        type: ERROR,
        value: { code: reply.code, message: reply.message },
      });
      return tellInChat(context, reply.message);
    case 'beside':
      return answerBeside(context, reply.card);
    // Of what is left, a press only ever brings nothing.
    default:
      return answerInvoke(context, 200, undefined);
  }
}

/** Where the chat takes no message the card comes in the place of the form: what it says matters more. */
async function answerBeside(context: TurnContext, card: Card): Promise<void> {
  try {
    await context.sendActivity(cardMessage(card));
  } catch {
    return answerInvoke(context, 200, { statusCode: 200, type: CARD, value: card });
  }
  return answerInvoke(context, 200, { statusCode: 200, type: MESSAGE, value: card.fallbackText });
}

/** Clients differ in what they show of an error: the message in the chat is what everybody sees. */
async function tellInChat(context: TurnContext, message: string): Promise<void> {
  try {
    await context.sendActivity(message);
  } catch {
    // Blocked, or too much at once: the press has its answer, which says the same.
  }
}

async function answerInvoke(context: TurnContext, status: number, body: unknown): Promise<void> {
  await context.sendActivity({ type: ActivityTypes.InvokeResponse, value: { status, body } });
}

/** In the place of the card that was pressed by `Action.Submit`, else as a new message. */
async function showCard(context: TurnContext, card: Card): Promise<void> {
  const { replyToId, value } = context.activity;
  if (value !== undefined && replyToId !== undefined) {
    try {
      await context.updateActivity({ ...cardMessage(card), id: replyToId });
      return;
    } catch {
      // The message is gone or cannot be changed any more: the answer still has to come.
    }
  }
  await context.sendActivity(cardMessage(card));
}
