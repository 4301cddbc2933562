import type { OneDrive } from '../azure/fake-one-drive.js';
import {
  type Activity,
  type ActivityOverrides,
  botAddedActivity,
  cardInvokeActivity,
  fileAnswerActivity,
  type Identity,
  installationUpdateActivity,
  messageActivity,
  type Scene,
  submitActivity,
} from './activities.js';
import type { BotAnswer, PostOptions } from './post-json.js';
import {
  type Button,
  type ButtonQuery,
  CARD_TYPE,
  type Card,
  type CardPart,
  cardsOf,
  findButton,
} from './teams-card.js';
import { offeredFile } from './teams-files.js';
import type { TeamsIds } from './teams-ids.js';
import { type FillOptions, fillIn, type Inputs } from './teams-inputs.js';
import { type Mailbox, nextMessage, type Refusal, refusalFor } from './teams-mailbox.js';
import { answeredCardFaults, invokeFault } from './teams-rules.js';

/** What came of an activity that was sent to the bot. */
export interface Turn extends BotAnswer {
  /** The messages that the person got while the bot was at it. */
  readonly messages: readonly Activity[];
  /** The same with what is no message: typing. */
  readonly activities: readonly Activity[];
}

export interface Press extends Turn {
  /** The card that took the place of the one that was pressed. */
  readonly card: Card | undefined;
  /** The message that was pressed, as it is on the screen now. */
  readonly message: Activity;
}

export interface SayOptions extends PostOptions {
  readonly overrides?: ActivityOverrides;
}

export interface PressOptions extends SayOptions, FillOptions {
  /** Presses the message as it was given, not as it is on the screen now: another device that lags behind. */
  readonly asGiven?: boolean;
}

export interface FileOptions extends SayOptions {
  /** Goes with the answer instead of what the bot gave along. */
  readonly context?: unknown;
  /** The place for the file, instead of a new one. */
  readonly uploadInfo?: unknown;
}

/** Somebody who uses the bot in their personal conversation. */
export interface Person extends Identity {
  readonly serviceUrl: string;
  install(options?: SayOptions): Promise<Turn>;
  /** Teams refuses what the bot sends from then on, also what it sends in answer to this. */
  uninstall(options?: SayOptions & { readonly refusal?: Refusal }): Promise<Turn>;
  upgrade(options?: SayOptions): Promise<Turn>;
  says(text: string, options?: SayOptions): Promise<Turn>;
  /** Presses a button: an Action.Execute by an invoke, an Action.Submit by a message. */
  press(message: Activity, button: ButtonQuery, inputs?: Inputs, options?: PressOptions): Promise<Press>;
  /** The same button on a client that knows only its Action.Submit. */
  submit(message: Activity, button: ButtonQuery, inputs?: Inputs, options?: PressOptions): Promise<Press>;
  /** Lets the file that a message offers be saved, and Teams opens the place for it. */
  acceptFile(message: Activity, options?: FileOptions): Promise<Turn>;
  /** Lets it not be saved. */
  declineFile(message: Activity, options?: FileOptions): Promise<Turn>;
  /** Opens the message again: Teams asks for its newest card by `refresh`. */
  reopens(message: Activity): Promise<Press>;
  /** Teams delivers the last activity once more, as it does when an answer got lost. */
  repeats(): Promise<Turn>;
  /** Any activity of this person's. */
  sends(overrides: ActivityOverrides, options?: PostOptions): Promise<Turn>;
  blocks(): void;
  mutes(): void;
  isRefusedBy(refusal: Refusal): void;
  /** Undoes a block, a mute or a refusal; after an uninstall only `install` does. */
  returns(): void;
  /** Whether Teams takes nothing of the bot's for them now. */
  keptOut(): boolean;
  /** The tenant's service address changes, which happens. */
  moves(region: string): void;
  /** The messages on the screen now, oldest first. */
  messages(): readonly Activity[];
  /** The newest message on the screen; throws when there is none. */
  lastMessage(): Activity;
  /** Waits for the next message that comes by itself. */
  receives(wanted?: (message: Activity) => boolean): Promise<Activity>;
}

export interface PersonWorld {
  readonly appId: string;
  readonly botName: string;
  readonly ids: TeamsIds;
  now(): number;
  serviceUrl(region: string): string;
  violation(text: string): void;
  readonly oneDrive: OneDrive | undefined;
  post(activity: Activity, options?: PostOptions): Promise<BotAnswer>;
}

export function createPerson(mailbox: Mailbox, world: PersonWorld): Person {
  const { identity } = mailbox;
  let last: { activity: Activity; options: PostOptions } | undefined;

  const scene = (kind: 'message' | 'event'): Scene => ({
    identity,
    appId: world.appId,
    botName: world.botName,
    serviceUrl: world.serviceUrl(mailbox.region),
    id: kind === 'message' ? world.ids.message(world.now()) : world.ids.event(),
    at: world.now(),
  });

  async function turn(activity: Activity, { token }: PostOptions = {}): Promise<Omit<Press, 'message'>> {
    const options = token === undefined ? {} : { token };
    last = { activity, options };
    const before = mailbox.log.length;
    const answer = await world.post(activity, options);
    const activities = mailbox.log.slice(before);
    const turned = { ...answer, activities, messages: activities.filter(({ type }) => type === 'message') };
    const card = activity.name === 'adaptiveCard/action' ? takeAnswer(activity, turned) : undefined;
    return { ...turned, card };
  }

  /** Puts the card that answers a press in the place of the one that was pressed. */
  function takeAnswer({ replyToId = '' }: Activity, { status, body }: Turn): Card | undefined {
    const fault = invokeFault(status, body);
    if (fault) world.violation(fault);
    const { type, value } = (body ?? {}) as { type?: string; value?: unknown };
    const shown = mailbox.shown.get(replyToId);
    if (fault || type !== CARD_TYPE || !shown) return undefined;
    for (const remark of answeredCardFaults(value as Card)) world.violation(`to ${identity.name}: ${remark}`);
    mailbox.shown.set(replyToId, { ...shown, attachments: [{ contentType: CARD_TYPE, content: value }] });
    return value as Card;
  }

  async function pressed(message: Activity, activity: Activity, options?: PostOptions): Promise<Press> {
    const turned = await turn(activity, options);
    return { ...turned, message: mailbox.shown.get(message.id ?? '') ?? message };
  }

  async function answerFile(
    message: Activity,
    action: 'accept' | 'decline',
    { overrides, context, uploadInfo, ...options }: FileOptions = {},
  ): Promise<Turn> {
    const offered = offeredFile(message);
    const { oneDrive } = world;
    if (oneDrive === undefined) throw new Error('there is no OneDrive in this Teams');
    const taken = oneDrive.files.some((one) => one.owner === identity.objectId && one.name === offered.name);
    // Teams says nothing to the bot then (MicrosoftDocs/msteams-docs#1667).
    if (action === 'accept' && taken && uploadInfo === undefined)
      world.violation(`${offered.name} is in the OneDrive of ${identity.name} already`);
    const place = uploadInfo ?? oneDrive.open(identity.objectId, offered.name);
    const given = action === 'accept' ? offered.acceptContext : offered.declineContext;
    const answer = { action, context: context ?? given, ...(action === 'accept' && { uploadInfo: place }) };
    const activity = fileAnswerActivity(scene('event'), answer, message.id ?? '', overrides);
    const answered = await turn(activity, options);
    if (answered.status !== 200) world.violation(`a file answer answered with HTTP ${answered.status}`);
    return answered;
  }

  function onScreen(message: Activity, options: PressOptions): Activity {
    const shown = mailbox.shown.get(message.id ?? '');
    if (options.asGiven) return message;
    if (!shown) throw new Error(`${identity.name} does not see message ${message.id}`);
    return shown;
  }

  function execute(message: Activity, { action, cards }: Button, inputs: Inputs, options: PressOptions) {
    const { id, verb } = action as { id?: string; verb?: string };
    const data = { ...(action.data as object | undefined), ...fillInFor(action, cards, inputs, options) };
    const sent = { ...(id && { id }), ...(verb && { verb }), data };
    const activity = cardInvokeActivity(scene('event'), sent, message.id ?? '', 'manual', options.overrides);
    return pressed(message, activity, options);
  }

  function submitted(message: Activity, { action, cards }: Button, inputs: Inputs, options: PressOptions) {
    const value = { ...(action.data as object | undefined), ...fillInFor(action, cards, inputs, options) };
    const { msteams } = value as { msteams?: { type?: string; value?: unknown; text?: string } };
    const said = msteams?.type === 'imBack' ? String(msteams.value) : undefined;
    const activity =
      said === undefined
        ? submitActivity(scene('message'), value, message.id ?? '', {
            text: msteams?.text,
            ...options.overrides,
          })
        : messageActivity(scene('message'), said, options.overrides);
    return pressed(message, activity, options);
  }

  return {
    ...identity,
    get serviceUrl() {
      return world.serviceUrl(mailbox.region);
    },
    install: async ({ overrides, ...options } = {}) => {
      mailbox.installed = true;
      mailbox.refusal = undefined;
      const joined = await turn(botAddedActivity(scene('event')), options);
      const added = await turn(installationUpdateActivity(scene('event'), 'add', overrides), options);
      return {
        ...added,
        messages: [...joined.messages, ...added.messages],
        activities: [...joined.activities, ...added.activities],
      };
    },
    uninstall: ({ overrides, refusal, ...options } = {}) => {
      mailbox.installed = false;
      mailbox.refusal = refusal;
      return turn(installationUpdateActivity(scene('event'), 'remove', overrides), options);
    },
    upgrade: ({ overrides, ...options } = {}) =>
      turn(installationUpdateActivity(scene('event'), 'add-upgrade', overrides), options),
    says: async (text, { overrides, ...options } = {}) => {
      if (!mailbox.installed) throw new Error(`${identity.name} has not installed the bot`);
      return turn(messageActivity(scene('message'), text, overrides), options);
    },
    press: async (message, query, inputs = {}, options = {}) => {
      const target = onScreen(message, options);
      const button = findButton(target, query);
      if (button.action.type === 'Action.Execute') return execute(target, button, inputs, options);
      if (button.action.type === 'Action.Submit') return submitted(target, button, inputs, options);
      throw new Error(`${button.action.type} sends nothing to the bot`);
    },
    submit: async (message, query, inputs = {}, options = {}) => {
      const target = onScreen(message, options);
      const { action, cards } = findButton(target, query);
      const fallback = action.type === 'Action.Submit' ? action : (action.fallback as CardPart | undefined);
      if (fallback?.type !== 'Action.Submit')
        throw new Error(`no Action.Submit to fall back on: ${action.title}`);
      return submitted(target, { action: fallback, cards }, inputs, options);
    },
    acceptFile: (message, options) => answerFile(message, 'accept', options),
    declineFile: (message, options) => answerFile(message, 'decline', options),
    reopens: async (message) => {
      const target = onScreen(message, {});
      const refresh = cardsOf(target)[0]?.refresh as { action?: CardPart } | undefined;
      if (!refresh?.action) throw new Error('the card has no refresh');
      const { verb, data } = refresh.action as { verb?: string; data?: unknown };
      const action = { ...(verb && { verb }), data };
      return pressed(target, cardInvokeActivity(scene('event'), action, target.id ?? '', 'automatic'));
    },
    repeats: async () => {
      if (!last) throw new Error(`${identity.name} has not sent anything yet`);
      return turn(last.activity, last.options);
    },
    sends: async (overrides, options) => turn(messageActivity(scene('message'), '', overrides), options),
    blocks: () => {
      mailbox.refusal = 'ConversationBlockedByUser';
    },
    mutes: () => {
      mailbox.refusal = 'MessageWritesBlocked';
    },
    isRefusedBy: (refusal) => {
      mailbox.refusal = refusal;
    },
    returns: () => {
      if (!mailbox.installed) throw new Error(`${identity.name} has not installed the bot`);
      mailbox.refusal = undefined;
    },
    keptOut: () => refusalFor(mailbox, false) !== undefined,
    moves: (region) => {
      mailbox.region = region;
    },
    messages: () => [...mailbox.shown.values()],
    lastMessage: () => {
      const message = [...mailbox.shown.values()].at(-1);
      if (!message) throw new Error(`${identity.name} sees no message`);
      return message;
    },
    receives: (wanted = () => true) => nextMessage(mailbox, wanted),
  };
}

/**
 * `associatedInputs: none` is how a card says that a button takes nothing along, and needs nothing
 * filled in.
 */
function fillInFor(action: CardPart, cards: readonly Card[], inputs: Inputs, options: FillOptions) {
  return action.associatedInputs === 'none' ? {} : fillIn(cards, inputs, options);
}
