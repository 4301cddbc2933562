import type { Activity } from './activities.js';
import {
  CARD_TYPE,
  type Card,
  type CardPart,
  cardsOf,
  describeButton,
  inputsOf,
  nestedCards,
  partsOf,
} from './teams-card.js';
import { fileFaults } from './teams-files.js';

/** Above this a card is warned about; the 28 KB of an Incoming Webhook, well under what a bot may send. */
const WARN_BYTES = 28 * 1024;
/** MicrosoftDocs/msteams-docs format-your-bot-messages.md: 100 KB in UTF-16, images in Base64 not counted. */
const REFUSE_BYTES = 100 * 1024;
const MOST_PRIMARY_ACTIONS = 6;

/** Whether Teams answers 413 MessageSizeTooBig. */
export function isTooBig(activity: unknown): boolean {
  return withoutImages(activity).length * 2 > REFUSE_BYTES;
}

/** What Teams would refuse or a reviewer of the store would remark on in a message. */
export function messageFaults(activity: Activity): string[] {
  if (activity.type === 'typing') return [];
  if (activity.type !== 'message') return [`Teams shows no activity of type ${activity.type}`];
  const empty = !activity.text && !activity.attachments?.length;
  return [
    ...sizeFaults(activity, 'message'),
    ...(empty ? ['a message without text and without attachments'] : []),
    ...cardsOf(activity).flatMap(cardFaults),
    ...fileFaults(activity),
  ];
}

/** The same for a card by itself, as an invoke answers it. */
export function answeredCardFaults(card: Card): string[] {
  return [...sizeFaults(card, 'card'), ...cardFaults(card)];
}

/**
 * Why the answer to `adaptiveCard/action` is not one that Teams understands, if so.
 *
 * MicrosoftDocs/AdaptiveCards universal-action-model.md: HTTP 200 whenever the bot processed the press,
 * and in
 * the body one of these combinations.
 */
export function invokeFault(status: number, body: unknown): string | undefined {
  if (status !== 200) return `a card invoke answered with HTTP ${status} instead of 200`;
  const { statusCode, type, value } = (typeof body === 'object' && body !== null ? body : {}) as InvokeBody;
  const described = `${statusCode} ${type}`;
  const check = INVOKE_ANSWERS[described];
  if (!check) return `a card invoke answered with ${described}, which is not in the universal action model`;
  return check(value) ? undefined : `a card invoke answered with ${described} and a wrong value`;
}

interface InvokeBody {
  statusCode?: unknown;
  type?: unknown;
  value?: unknown;
}

const INVOKE_ANSWERS: Record<string, (value: unknown) => boolean> = {
  [`200 ${CARD_TYPE}`]: (value) => (value as { type?: unknown } | undefined)?.type === 'AdaptiveCard',
  '200 application/vnd.microsoft.activity.message': (value) => typeof value === 'string',
  '400 application/vnd.microsoft.error': isErrorValue,
  '500 application/vnd.microsoft.error': isErrorValue,
  '401 application/vnd.microsoft.activity.loginRequest': (value) =>
    typeof value === 'object' && value !== null,
  '401 application/vnd.microsoft.error.incorrectAuthCode': () => true,
  '412 application/vnd.microsoft.error.preconditionFailed': isErrorValue,
};

function isErrorValue(value: unknown): boolean {
  const { code, message } = (value ?? {}) as { code?: unknown; message?: unknown };
  return typeof code === 'string' && typeof message === 'string';
}

function cardFaults(card: Card): string[] {
  const faults = nestedCards(card).flatMap((path) => partsOf(path.at(-1) as Card).flatMap(partFaults));
  if (Number(card.version) > 1.5) faults.push(`card version ${card.version} is above 1.5`);
  if (!card.version) faults.push('a card without a version');
  if (JSON.stringify(card).includes('${'))
    faults.push('a card with ${ in it: a template that was not filled in');
  const ids = nestedCards(card).flatMap((path) => inputsOf(path.slice(-1)).map(({ id }) => id));
  for (const id of new Set(ids.filter((id, at) => id !== undefined && ids.indexOf(id) !== at))) {
    faults.push(`input id ${id} is used more than once`);
  }
  const primary = nestedCards(card).map((path) => primaryActions(path.at(-1) as Card));
  for (const count of primary.filter((number) => number > MOST_PRIMARY_ACTIONS)) {
    faults.push(`${count} primary actions on one card, more than ${MOST_PRIMARY_ACTIONS}`);
  }
  return [...faults, ...executeFaults(card)];
}

function partFaults(part: CardPart): string[] {
  const name = `${part.type} ${part.id ?? ''}`.trim();
  if (part.type.startsWith('Input.')) {
    return [
      ...(part.id ? [] : [`${name} without an id`]),
      // What a toggle is about stands beside it, in its title.
      ...(part.label || (part.type === 'Input.Toggle' && part.title) ? [] : [`${name} without a label`]),
    ];
  }
  if (part.type === 'Image')
    return part.altText === undefined ? [`an image without altText: ${part.url}`] : [];
  // Charts are not drawn on iOS (microsoft/AdaptiveCards#9120).
  if (part.type.startsWith('Chart.')) return part.fallback ? [] : [`${name} without a fallback`];
  if (!part.type.startsWith('Action.')) return [];
  const title = part.title ?? part.tooltip;
  return title ? [] : [`${name} without a title`];
}

/**
 * MicrosoftDocs/AdaptiveCards universal-action-model.md: older clients need an Action.Submit to
 * fall back on.
 */
function executeFaults(card: Card): string[] {
  const faults: string[] = [];
  const visit = (value: unknown, covered: boolean): void => {
    if (typeof value !== 'object' || value === null) return;
    const { type, fallback, verb } = value as { type?: unknown; fallback?: unknown; verb?: unknown };
    const safe = covered || JSON.stringify(fallback ?? '').includes('"Action.Submit"');
    if (type === 'Action.Execute') {
      const name = describeButton(value as CardPart);
      if (!safe) faults.push(`Action.Execute ${name} without an Action.Submit to fall back on`);
      if (!verb) faults.push(`Action.Execute ${name} without a verb`);
    }
    for (const [field, inner] of Object.entries(value)) {
      if (!['fallback', 'data', 'refresh', 'msteams'].includes(field))
        visit(inner, safe && type !== 'AdaptiveCard');
    }
  };
  visit(card, false);
  return faults;
}

/** The card's own actions and those of its ActionSets; what is `secondary` sits in the overflow menu. */
function primaryActions(card: Card): number {
  const sets = [card, ...partsOf(card).filter(({ type }) => type === 'ActionSet')];
  const actions = sets.flatMap((set) => (set.actions as CardPart[] | undefined) ?? []);
  return actions.filter(({ mode }) => mode !== 'secondary').length;
}

function sizeFaults(payload: unknown, what: string): string[] {
  const bytes = Buffer.byteLength(withoutImages(payload), 'utf8');
  return bytes > WARN_BYTES ? [`a ${what} of ${(bytes / 1024).toFixed(1)} KB, over 28 KB`] : [];
}

function withoutImages(payload: unknown): string {
  return JSON.stringify(payload).replaceAll(/data:image\/[a-z+.-]+;base64,[A-Za-z0-9+/=]+/g, '');
}
