import type { DueReminder, Reminders } from '../../bot/store/reminders.js';

/**
 * So many messages of a tenant may be noted as about to leave before they do. A process that dies leaves no more than
 * these to come a day late without having been sent; with fewer, each would cost a request of its own.
 */
const MOST_AHEAD = 10;
/** So many are noted together, where there are as many. */
const LEAST_TOGETHER = 5;
/** With fewer under way than this a message is noted alone; with more, waiting for company costs no time worth saving. */
const FEW_UNDER_WAY = 32;
/**
 * Nothing more goes out while so many answers of Teams wait to be recorded. Where the tables are slower than Teams, what
 * has arrived and is not in the delivery log would pile up there, and come twice when the process dies.
 */
const MOST_UNRECORDED = 4;

/** The way out for messages: each is noted before it leaves, and recorded as delivered when it has arrived. */
export type Departures = {
  /**
   * Notes that rows are about to leave, and then sends; `leaves` is to be called when they do. `lost` when another
   * instance has one of them: then nothing is sent. Rejects when the tables are away, and nothing has left then.
   */
  depart<Result>(
    rows: readonly DueReminder[],
    send: (leaves: () => void) => Promise<Result>,
  ): Promise<Result | 'lost'>;
  /** Writes to the delivery log what has arrived. */
  recordDelivery(write: () => Promise<void>): Promise<void>;
};

type Waiting = {
  readonly rows: readonly DueReminder[];
  readonly go: (how: 'noted' | 'lost') => void;
  readonly fail: (error: unknown) => void;
};
/** The messages of one tenant: Teams' limits are for each tenant, and nobody is to wait for another's. */
type Line = {
  readonly queue: Waiting[];
  /** Noted, and waiting to go out: each is called when it may. */
  readonly gate: (() => void)[];
  /** Through the gate and not gone out, noted and not gone out, and noted and not over. */
  through: number;
  ahead: number;
  underWay: number;
  noting: boolean;
};

/** One instance's way out, with the line of each tenant. */
type WayOut = DeparturesDeps & {
  readonly lines: Map<string, Line>;
  /** Answers of Teams that are not in the delivery log yet. */
  unrecorded: number;
};

export type DeparturesDeps = {
  readonly reminders: Pick<Reminders, 'markSending'>;
  /** The instant that the run is for, ISO 8601 UTC. */
  readonly at: string;
  /** Whether this instance ends: nothing leaves any more, and nothing is noted. */
  readonly stopping: () => boolean;
};

/**
 * After a crash it has to be known what may have been sent. What was claimed and not noted was not: it goes out at once.
 * What was noted and is not in the delivery log may have been: it comes on another day. Noting happens right before messages leave,
 * for several of them in one transaction, and under their etags: whoever has lost a row to another instance, also by a
 * clock that jumped, cannot send it.
 */
export function createDepartures(deps: DeparturesDeps): Departures {
  const way: WayOut = { ...deps, lines: new Map(), unrecorded: 0 };
  return {
    depart: (rows, send) => depart(way, rows, send),
    async recordDelivery(write) {
      way.unrecorded += 1;
      try {
        await write();
      } finally {
        way.unrecorded -= 1;
        openGates(way);
      }
    },
  };
}

async function depart<Result>(
  way: WayOut,
  rows: readonly DueReminder[],
  send: (leaves: () => void) => Promise<Result>,
): Promise<Result | 'lost'> {
  const line = lineOf(way.lines, rows[0]?.reminder.tenant ?? '');
  let isAhead = true;
  let isThrough = false;
  const leaves = () => {
    if (!isAhead) return;
    isAhead = false;
    line.ahead -= 1;
    if (isThrough) line.through -= 1;
    openGates(way);
    void advance(way, line);
  };
  try {
    const how = await new Promise<'noted' | 'lost'>((go, fail) => {
      line.queue.push({ rows, go, fail });
      void advance(way, line);
    });
    if (how === 'lost') return how;
    await new Promise<void>((go) => {
      line.gate.push(go);
      openGates(way);
    });
    isThrough = true;
    return await send(leaves);
  } finally {
    line.underWay -= 1;
    leaves();
    void advance(way, line);
  }
}

function lineOf(lines: Map<string, Line>, tenant: string): Line {
  const found = lines.get(tenant) ?? {
    queue: [],
    gate: [],
    through: 0,
    ahead: 0,
    underWay: 0,
    noting: false,
  };
  lines.set(tenant, found);
  return found;
}

/** Notes who is next in a line, as many at a time as may be. */
async function advance(way: WayOut, line: Line): Promise<void> {
  const { stopping } = way;
  if (line.noting) return;
  line.noting = true;
  for (let next = nextIn(line, stopping()); next > 0; next = nextIn(line, stopping())) {
    const wave = line.queue.splice(0, next);
    line.ahead += wave.length;
    line.underWay += wave.length;
    if (stopping()) for (const { go } of wave) go('noted');
    else await note(way, wave).catch((error: unknown) => wave.forEach(({ fail }) => void fail(error)));
  }
  line.noting = false;
}

/** How many may be noted now: 0 where it is better to wait for room, or for company. */
function nextIn({ queue, ahead, underWay }: Line, isStopping: boolean): number {
  if (isStopping) return queue.length;
  if (queue.length < LEAST_TOGETHER && underWay >= FEW_UNDER_WAY) return 0;
  const room = MOST_AHEAD - ahead;
  return room >= Math.min(LEAST_TOGETHER, queue.length) ? Math.min(room, queue.length) : 0;
}

async function note(
  { reminders, at }: Pick<WayOut, 'reminders' | 'at'>,
  wave: readonly Waiting[],
): Promise<void> {
  const mark = (rows: readonly DueReminder[]) =>
    reminders.markSending(
      rows.map(({ stored }) => stored),
      at,
    );
  const together = await mark(wave.flatMap(({ rows }) => rows));
  for (const { rows, go } of wave) {
    // One that is somebody else's fails the whole transaction: then each on its own.
    const result = together === 'ok' || wave.length === 1 ? together : await mark(rows);
    go(result === 'ok' ? 'noted' : 'lost');
  }
}

/** Lets out what is noted, as long as not too many answers wait to be recorded. */
function openGates({ lines, stopping, unrecorded }: WayOut): void {
  for (const line of lines.values()) {
    while (line.gate.length > 0 && (stopping() || unrecorded + line.through < MOST_UNRECORDED)) {
      line.through += 1;
      line.gate.shift()?.();
    }
  }
}
