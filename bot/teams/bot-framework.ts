import {
  type Activity,
  ConfigurationBotFrameworkAuthentication,
  type ConversationReference,
  TurnContext,
} from 'botbuilder';
import { AuthenticationConstants, ClaimsIdentity } from 'botframework-connector';
import type { Card } from '../../cards/render.js';
import type { Credentials } from '../config.js';
import type { Reference } from '../domain/person.js';
import { cardMessage } from './answer.js';
import { type GivesTokens, signedBy } from './channel-credentials.js';
import type { Authentication } from './connector.js';

/**
 * No credentials means no check at all: only `parseConfig` decides that, and only in development. Tokens come from the
 * credential that Graph is asked with too, so that whatever proves who the bot is proves it everywhere; botbuilder would
 * make one of its own from a secret, and knows no certificate by its settings.
 */
export function authenticationFor(
  credentials: Pick<Credentials, 'appId' | 'tenantId'> | null,
  tokens: GivesTokens | null,
  now: () => Date,
): Authentication {
  if (credentials === null || tokens === null) return new ConfigurationBotFrameworkAuthentication({});
  const { appId, tenantId } = credentials;
  return new ConfigurationBotFrameworkAuthentication(
    { MicrosoftAppId: appId, MicrosoftAppTenantId: tenantId },
    signedBy(appId, tokens, now),
  );
}

/** What addresses a message to somebody, and says to whom an activity is to be answered. */
export const addressed = TurnContext.applyConversationReference;
export const referenceTo = TurnContext.getConversationReference;
export type Addressing = {
  readonly addressed: typeof addressed;
  readonly referenceTo: typeof referenceTo;
};

/** What signs in the name of the bot itself, where no activity of somebody came before. */
export function ofBot(authentication: Authentication, appId: string) {
  const { AudienceClaim, AppIdClaim } = AuthenticationConstants;
  return authentication.createConnectorFactory(
    new ClaimsIdentity([
      { type: AudienceClaim, value: appId },
      { type: AppIdClaim, value: appId },
    ]),
  );
}

/**
 * With all that the SDK puts into an answer: some tenants refuse a message (403) that says nowhere which tenant and
 * which kind of conversation it is for. Posting to the connector past a TurnContext leaves that to us.
 */
export function proactiveMessage(reference: Reference, card: Card): Partial<Activity> {
  const message = addressed(cardMessage(card), { ...conversationReference(reference), locale: card.lang });
  return { ...message, channelData: { tenant: { id: reference.tenant } } };
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
