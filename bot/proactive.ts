import type { CloudAdapter, ConversationReference } from 'botbuilder';
import type { Card } from '../cards/render.js';
import type { Reference } from './store/people.js';
import { cardMessage } from './teams-bot.js';

/**
 * What came of sending. `gone`: this person cannot be reached, which is a state and no error. `retry`: not now;
 * `afterMs` when Teams said how long. `failed`: trying again would not help.
 */
export type Sent =
  | { readonly kind: 'sent'; readonly activity: string }
  | { readonly kind: 'gone'; readonly why: string }
  | { readonly kind: 'retry'; readonly why: string; readonly afterMs: number | null }
  | { readonly kind: 'failed'; readonly why: string };

/** Sends a card to somebody who did not just ask for it. Never throws for what Teams answers. */
export type Proactive = (reference: Reference, card: Card) => Promise<Sent>;

/** Source: MicrosoftDocs/msteams-docs, build-conversational-capability.md and rate-limit.md. */
const GONE = [403, 404];
const TRY_AGAIN = [412, 429, 502, 503, 504];

export function createProactive(adapter: CloudAdapter, appId: string): Proactive {
  return async (reference, card) => {
    let sent: Sent | null = null;
    try {
      await adapter.continueConversationAsync(appId, conversationReference(reference), async (context) => {
        try {
          const answer = await context.sendActivity(cardMessage(card));
          sent = { kind: 'sent', activity: answer?.id ?? '' };
        } catch (error) {
          // Caught inside the turn: outside it, the adapter's own handler would swallow it.
          sent = outcomeOf(error);
        }
      });
    } catch (error) {
      return outcomeOf(error);
    }
    return sent ?? { kind: 'retry', why: 'no turn', afterMs: null };
  };
}

function conversationReference(reference: Reference): Partial<ConversationReference> {
  return {
    channelId: reference.channel,
    serviceUrl: reference.serviceUrl,
    bot: { id: reference.bot, name: '' },
    user: { id: reference.user, name: '' },
    conversation: {
      id: reference.conversation,
      tenantId: reference.tenant,
      conversationType: 'personal',
      isGroup: false,
      name: '',
    },
  };
}

function outcomeOf(error: unknown): Sent {
  const { statusCode, code, response } = error as {
    statusCode?: number;
    code?: string;
    response?: { headers?: { get?(name: string): string | undefined } };
  };
  if (statusCode === undefined) return { kind: 'retry', why: code ?? 'network', afterMs: null };
  const why = `${statusCode} ${typeof code === 'string' ? code : ''}`.trim();
  if (GONE.includes(statusCode)) return { kind: 'gone', why };
  if (!TRY_AGAIN.includes(statusCode)) return { kind: 'failed', why };
  const seconds = Number(response?.headers?.get?.('retry-after'));
  return { kind: 'retry', why, afterMs: Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : null };
}
