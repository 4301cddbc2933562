import { createFileUpload, type UploadFile } from '../clients/onedrive-upload.js';
import { createCommands } from '../features/chat/commands.js';
import { createFeatures } from '../features/features.js';
import { createTally, REQUEST_LIMITS, type RequestLimits } from '../http/request-limits.js';
import { createTurnCosts } from '../http/turn-costs.js';
import { lazy } from '../nlu/lazy.js';
import type { Nlu } from '../nlu/nlu.js';
import type { TurnHandler } from '../reply.js';
import { createRouter } from '../router.js';
import { createChatContext } from '../services/chat-context.js';
import { createTurnScope } from '../services/turn-scope.js';
import type { Access } from './access.js';
import type { Foundation } from './foundation.js';
import type { Health } from './health.js';
import type { Storage } from './storage.js';

export type Turns = ReturnType<typeof composeTurns>;

/** What answers a turn: the features, the router before them, and what a turn costs. */
export function composeTurns(
  { config, deps, timing, local, isHrAdmin }: Foundation,
  parts: {
    readonly storage: Storage;
    readonly access: Access;
    readonly health: Health;
    readonly nlu: Nlu;
  },
) {
  const { stores, audited, budget, turnReads, turnWrites } = parts.storage;
  const { organisationSettings, chosen, authorize } = parts.access;
  const { nlu } = parts;
  const { log, newId } = deps;
  const { monotonicNow } = timing;
  const limits: RequestLimits = deps.limits ?? REQUEST_LIMITS;
  const costByPerson = createTally(limits.costByPerson, monotonicNow);
  const costs = createTurnCosts(costByPerson, monotonicNow);
  const putFile = createFileUpload({ ...timing, local, log });
  const upload: UploadFile = (address, bytes) => {
    budget.requests.writing();
    return putFile(address, bytes);
  };
  const chatContext = createChatContext(monotonicNow);
  const features = createFeatures({
    ...stores,
    ...audited,
    organisationSettings,
    chatContext,
    chosen,
    authorize,
    isHrAdmin,
    hrAdmins: config.hrAdmins,
    reportsCount: config.graph,
    screen: costs.measured(nlu.screen),
    upload,
    health: parts.health.state,
    nights: stores.health,
    newId,
    zone: config.zone,
  });
  // What draws all cards for their titles waits for the first text, or until all is warmed up.
  const commandOf = lazy(createCommands);
  const route = createRouter({
    features,
    understand: nlu.understand,
    followUp: nlu.followUp,
    commandOf,
    chatContext,
    during: audited.during,
    chosen,
    authorize,
  });
  const inScope = createTurnScope({ ...stores, turnReads, turnWrites, log });
  const answer: TurnHandler = (turn) => inScope(turn, () => route(turn));
  return {
    answer,
    chatContext,
    limits,
    costs,
    costByPerson,
    /** Learns what the first words would have to wait for, in steps. */
    warmUp: [...nlu.warmUp, () => commandOf('')],
  };
}
