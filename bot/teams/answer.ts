import { type Lang, messagesFor } from '../../cards/content/words.js';
import { bringsHelp, inPlainWords, withHelp } from '../../cards/crisis/help.js';
import { restOfBotIn } from '../../cards/crisis/help-messages.js';
import type { Card } from '../../cards/render.js';
import { CodedError } from '../errors.js';
import { type FileOffer, type Reply, refuse, type SavedFile, show, showBeside } from '../reply.js';
import {
  type Attempt,
  type DeliveryPolicies,
  type DeliveryPolicy,
  deliver,
  isCardRefused,
  type MonotonicNow,
} from './delivery-policy.js';

/** What is said; how it gets its address is up to whoever sends it. */
export type Message = {
  readonly type: 'message';
  readonly text?: string;
  readonly textFormat?: 'plain';
  readonly summary?: string;
  readonly attachments?: { contentType: string; name?: string; contentUrl?: string; content: unknown }[];
};

/** How the answer to one activity leaves. A request is made once and tells what came of it; none rejects. */
export type Outlet = {
  /** What Teams waits for an answer to: the press of a card, an answer to a file; null for a message. */
  readonly invoke: 'press' | 'file' | 'other' | null;
  /** The message of ours that was answered or pressed; null where none was. */
  readonly answered: string | null;
  /** Whether the message that was pressed is to be replaced: there is no other answer to that press. */
  readonly replaces: boolean;
  /** Shows that an answer is coming. Made once: when it does not arrive the answer tells as much. */
  typing(): void;
  /** A new message in the conversation. */
  send(message: Message, withinMs: number): Promise<Attempt>;
  /** In the place of a message of ours. */
  update(id: string, message: Message, withinMs: number): Promise<Attempt>;
  remove(id: string, withinMs: number): Promise<Attempt>;
  /** The answer to an invoke itself, by the HTTP request that brought it. */
  respond(status: number, body: unknown): void;
  /** Milliseconds that the turn may still take; below 0 when it took longer. */
  left(): number;
  readonly monotonicNow: MonotonicNow;
  /** How each kind of message is tried again. */
  readonly policies: DeliveryPolicies;
  /** Lets a delivery go on when the turn is over. */
  goOn(what: () => Promise<unknown>): void;
  /** The same way out, of which nothing is counted: that help was brought is nobody's figure. */
  uncounted(): Outlet;
};

/**
 * A turn, from the request to its answer. Teams tells the person after some ten seconds that a press went wrong
 * (microsoft/AdaptiveCards#3701).
 */
export const TURN_MS = 8_000;
/** What an answer leaves of its turn: enough to say in plain words that it did not come. */
const FOR_NOTICE_MS = 1_500;
/** However late it is: what is sent gets so long. */
const LEAST_MS = 1_000;
/** A message beside the answer to a press: that answer waits for it. */
const BESIDE_MS = 3_500;
const REMOVE_MS = 1_000;
/** What any card may be. Teams takes 100 KB of UTF-16; this leaves room for its own part of the message. */
const CARD_MAX_BYTES = 28 * 1024;

const CARD = 'application/vnd.microsoft.card.adaptive';
const ERROR = 'application/vnd.microsoft.error';
const MESSAGE = 'application/vnd.microsoft.activity.message';
const FILE_CONSENT = 'application/vnd.microsoft.teams.card.file.consent';
const FILE_INFO = 'application/vnd.microsoft.teams.card.file.info';
/** The code of the fault that the person got no answer; its message is the status and code of Teams. */
export const UNDELIVERED = 'answer-undelivered';

/** A reply that is ready to be shown: its file was offered, or could not be. */
type Ready = Exclude<Reply, { readonly kind: 'offer' }>;

/**
 * Turns a Reply into what Teams shows, tried again as the policies say. Throws CodedError `answer-undelivered` when
 * nothing of it arrived for sure: the person is still to be told.
 */
export async function answer(outlet: Outlet, reply: Reply): Promise<void> {
  const ready = await offered(outlet, withinSize(reply));
  switch (outlet.invoke) {
    case 'press':
      return answerPress(outlet, ready);
    case 'file':
      return answerConsent(outlet, ready);
    case 'other':
      outlet.respond(200, undefined);
      return say(outlet, ready);
    case null:
      return say(outlet, ready);
  }
}

/** Beside a form, which stays as it is with what was typed in it; to what is no press as an answer. */
export async function answerHelp(outlet: Outlet, card: Card): Promise<void> {
  if (outlet.invoke === 'press') return answer(outlet, outlet.replaces ? showBeside(card) : show(card));
  if (outlet.invoke !== null) outlet.respond(200, undefined);
  await sayCard(outlet, card);
}

/**
 * Says that something failed, with the numbers to call, in a way that keeps the card and what was typed in it. It is
 * tried as help is: said twice it does no harm.
 */
export async function answerFailure(
  outlet: Outlet,
  lang: Lang,
  { message, code }: { readonly message: string; readonly code: string },
): Promise<void> {
  await answer(outlet, refuse(code, withHelp(lang, message)));
}

/** A card as a message; its summary is what the notification shows. */
export function cardMessage(card: Card): Message {
  return { type: 'message', attachments: [{ contentType: CARD, content: card }], summary: card.fallbackText };
}

/** Plain text: what Teams takes for markdown in a name that stands in it is no markup of ours. */
function textMessage(text: string): Message {
  return { type: 'message', text, textFormat: 'plain' };
}

function consentMessage({ name, description, sizeInBytes, context }: FileOffer): Message {
  const content = { description, sizeInBytes, acceptContext: context, declineContext: context };
  return {
    type: 'message',
    attachments: [{ contentType: FILE_CONSENT, name, content }],
    summary: description,
  };
}

function savedMessage(text: string, { name, contentUrl, uniqueId, fileType }: SavedFile): Message {
  return {
    type: 'message',
    text,
    attachments: [{ contentType: FILE_INFO, name, contentUrl, content: { uniqueId, fileType } }],
  };
}

/** Whether a card may be sent, and whether it brings numbers to call. */
type Weighed = { readonly fits: boolean; readonly isHelp: boolean };
/** Those that are the same for everybody are weighed once. */
const WEIGHED = new WeakMap<Card, Weighed>();

function weigh(card: Card): Weighed {
  const found = WEIGHED.get(card);
  if (found !== undefined) return found;
  const json = JSON.stringify(card);
  const weighed = { fits: Buffer.byteLength(json) <= CARD_MAX_BYTES, isHelp: bringsHelp(json) };
  WEIGHED.set(card, weighed);
  return weighed;
}

/** A form that came back too large stays as it is at the client, with all that was typed in it. */
function withinSize(reply: Reply): Reply {
  const tooLarge = cardsOf(reply).find((card) => !weigh(card).fits);
  if (tooLarge === undefined) return reply;
  const lang = restOfBotIn(tooLarge.lang);
  // The line of help that may have stood on it is not shown either.
  return refuse('too-large', withHelp(lang, messagesFor(lang).notice.tooLarge));
}

function cardsOf(reply: Reply): readonly Card[] {
  switch (reply.kind) {
    case 'card':
    case 'beside':
      return [reply.card];
    case 'offer':
      return [reply.card, reply.otherwise];
    case 'file':
    case 'told':
    case 'refused':
    case 'nothing':
      return [];
    default:
      return nothingElse(reply);
  }
}

/** Sends what asks whether a file may be saved. Not every Teams has that, as those of some governments have not. */
async function offered(outlet: Outlet, reply: Reply): Promise<Ready> {
  if (reply.kind !== 'offer') return reply;
  const { outcome } = await send(outlet, consentMessage(reply.offer), outlet.policies.answer, BESIDE_MS);
  return { kind: 'card', card: outcome.kind === 'sent' ? reply.card : reply.otherwise };
}

async function say(outlet: Outlet, reply: Ready): Promise<void> {
  switch (reply.kind) {
    case 'card':
      return showCard(outlet, reply.card);
    case 'beside':
      return sayCard(outlet, reply.card);
    case 'file':
      return arrived(
        await send(
          outlet,
          savedMessage(reply.message, reply.file),
          outlet.policies.answer,
          forAnswer(outlet),
        ),
      );
    case 'told':
    case 'refused':
      return arrived(await sendText(outlet, reply.message, forAnswer(outlet)));
    case 'nothing':
      return;
    default:
      return nothingElse(reply);
  }
}

/** Teams wants HTTP 200 for whatever the bot processed; what came of it stands in the body. */
async function answerPress(outlet: Outlet, reply: Ready): Promise<void> {
  switch (reply.kind) {
    case 'card':
      return outlet.respond(200, { statusCode: 200, type: CARD, value: reply.card });
    case 'beside':
      return answerBeside(outlet, reply.card);
    case 'refused': {
      const { code, message } = reply;
      outlet.respond(200, { statusCode: 400, type: ERROR, value: { code, message } });
      // Clients differ in what they show of an error: the message in the chat is what everybody sees.
      return sayBeside(outlet, textMessage(message), policyFor(outlet, message));
    }
    case 'told':
      outlet.respond(200, { statusCode: 200, type: MESSAGE, value: reply.message });
      return sayBeside(outlet, textMessage(reply.message), policyFor(outlet, reply.message));
    case 'file':
      outlet.respond(200, { statusCode: 200, type: MESSAGE, value: reply.message });
      return sayBeside(outlet, savedMessage(reply.message, reply.file), outlet.policies.answer);
    case 'nothing':
      return outlet.respond(200, undefined);
    default:
      return nothingElse(reply);
  }
}

/** Where the chat takes no message the card comes in the place of the form: what it says matters more. */
async function answerBeside(outlet: Outlet, card: Card): Promise<void> {
  const made = await sendCard(outlet, card, BESIDE_MS);
  const isThere = made.outcome.kind === 'sent';
  const told = { statusCode: 200, type: MESSAGE, value: card.fallbackText };
  outlet.respond(200, isThere ? told : { statusCode: 200, type: CARD, value: card });
}

/**
 * What came of a file comes as a message, and the card that asked for it goes: Teams leaves it there to be pressed
 * again. Source: MicrosoftDocs/msteams-docs, bots-filesv4.md.
 */
async function answerConsent(outlet: Outlet, reply: Ready): Promise<void> {
  // Whatever becomes of the messages, the press is answered.
  outlet.respond(200, undefined);
  await say(outlet, reply);
  // It may be gone already, by an answer from another device.
  if (outlet.answered !== null) await outlet.remove(outlet.answered, REMOVE_MS);
}

/** In the place of the card that was pressed by `Action.Submit`, else as a new message. */
async function showCard(outlet: Outlet, card: Card): Promise<void> {
  const { answered, replaces } = outlet;
  if (replaces && answered !== null) {
    const put = await deliver((ms) => outlet.update(answered, cardMessage(card), ms), {
      policy: withinTime(outlet.policies.update, forAnswer(outlet)),
      monotonicNow: outlet.monotonicNow,
    });
    if (put.outcome.kind === 'sent') return;
    // The message is gone or cannot be changed any more: the answer still has to come.
  }
  await sayCard(outlet, card);
}

/** A card that must not be missed: when it brings help it goes on being tried after the turn. */
async function sayCard(outlet: Outlet, card: Card): Promise<void> {
  const made = await sendCard(outlet, card, forAnswer(outlet));
  const { helpLater } = outlet.policies;
  if (made.outcome.kind !== 'sent' && weigh(card).isHelp) {
    outlet.goOn(() => sendCard(outlet, card, helpLater.withinMs, helpLater));
  }
  arrived(made);
}

/** A card as a new message; in plain words where the card itself is refused, or where all else failed and it is help. */
async function sendCard(
  outlet: Outlet,
  card: Card,
  withinMs: number,
  policy: DeliveryPolicy = weigh(card).isHelp ? outlet.policies.help : outlet.policies.answer,
): Promise<Attempt> {
  const end = outlet.monotonicNow() + withinMs;
  const made = await send(outlet, cardMessage(card), policy, withinMs);
  const { isHelp } = weigh(card);
  if (made.outcome.kind === 'sent' || !(isHelp || isCardRefused(made))) return made;
  return send(outlet, textMessage(inPlainWords(card, isHelp)), policy, end - outlet.monotonicNow());
}

function sendText(outlet: Outlet, text: string, withinMs: number): Promise<Attempt> {
  return send(outlet, textMessage(text), policyFor(outlet, text), withinMs);
}

function policyFor(outlet: Outlet, text: string): DeliveryPolicy {
  return bringsHelp(text) ? outlet.policies.help : outlet.policies.answer;
}

/**
 * A message that says the same as the answer to the press. That answer leaves when the turn is over, and must not wait
 * for the message: what does not arrive at once is tried again after the turn.
 */
async function sayBeside(outlet: Outlet, message: Message, policy: DeliveryPolicy): Promise<void> {
  const first = await outlet.send(message, Math.min(policy.answerWithinMs, BESIDE_MS));
  if (first.outcome.kind === 'sent') return;
  outlet.goOn(() =>
    deliver((ms) => outlet.send(message, ms), { policy, monotonicNow: outlet.monotonicNow, first }),
  );
}

function send(outlet: Outlet, message: Message, policy: DeliveryPolicy, withinMs: number): Promise<Attempt> {
  return deliver((ms) => outlet.send(message, ms), {
    policy: withinTime(policy, withinMs),
    monotonicNow: outlet.monotonicNow,
  });
}

function withinTime(policy: DeliveryPolicy, withinMs: number): DeliveryPolicy {
  return { ...policy, withinMs: Math.max(LEAST_MS, Math.min(policy.withinMs, withinMs)) };
}

function forAnswer(outlet: Outlet): number {
  return outlet.left() - FOR_NOTICE_MS;
}

function arrived({ outcome }: Attempt): void {
  if (outcome.kind === 'sent') return;
  throw new CodedError(UNDELIVERED, 'why' in outcome ? outcome.why : outcome.kind);
}

/** Does not compile when a kind of reply is left out. */
function nothingElse(_reply: never): never {
  throw new CodedError('unknown-reply', 'a reply of a kind that cannot be shown');
}
