import { getEventListeners } from 'node:events';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  ABORTED,
  type After,
  forMany,
  openDeadline,
  TIMED_OUT,
  unlessAborted,
  withTimeout,
} from '../../bot/timeout.js';

/** Timers that go off by hand; what has been stopped is gone. */
let timers: Map<() => void, number>;
const after: After = (ms, act) => {
  timers.set(act, ms);
  return () => void timers.delete(act);
};
const goOff = () => [...timers.keys()].forEach((act) => void act());
const never = new Promise<never>(() => undefined);

beforeEach(() => {
  timers = new Map();
});

describe('a wait with an end', () => {
  it('gives what came in time, or the error, and leaves no timer behind', async () => {
    expect(await withTimeout(500, Promise.resolve('here'), after)).toBe('here');
    await expect(withTimeout(500, Promise.reject(new Error('broken')), after)).rejects.toThrow('broken');
    expect(timers.size).toBe(0);
  });

  it('says that it took too long, and leaves no timer behind', async () => {
    const waited = withTimeout(500, never, after);
    expect([...timers.values()]).toEqual([500]);
    goOff();
    expect(await waited).toBe(TIMED_OUT);
    expect(timers.size).toBe(0);
  });

  it('is not disturbed by what fails when nobody waits for it any more', async () => {
    let fail = (_error: Error) => {};
    const work = new Promise<never>((_resolve, reject) => {
      fail = reject;
    });
    const stop = new AbortController();
    const waits = [withTimeout(500, work, after), unlessAborted(work, stop.signal)];
    goOff();
    stop.abort();
    expect(await Promise.all(waits)).toEqual([TIMED_OUT, ABORTED]);
    fail(new Error('late'));
    // An unhandled rejection is seen by now, and fails the run.
    await new Promise((resolve) => setImmediate(resolve));
  });

  it('ends when a signal aborts, also one that did before, and listens no more', async () => {
    const stop = new AbortController();
    expect(await unlessAborted(Promise.resolve('here'), stop.signal)).toBe('here');
    await expect(unlessAborted(Promise.reject(new Error('broken')), stop.signal)).rejects.toThrow('broken');
    const waited = unlessAborted(never, stop.signal);
    stop.abort();
    expect(await waited).toBe(ABORTED);
    expect(await unlessAborted(Promise.resolve('here'), stop.signal)).toBe(ABORTED);
    expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
  });
});

describe('a signal that many listen to', () => {
  it('tells each of them once, and none that listens no more, by one listener of its own', async () => {
    const stop = new AbortController();
    const shared = forMany(stop.signal);
    const told: string[] = [];
    const listenerOf = (name: string) => () => void told.push(name);
    const gone = listenerOf('gone');
    for (const listener of [listenerOf('one'), gone, listenerOf('two')])
      shared.addEventListener('abort', listener);
    shared.removeEventListener('abort', gone);
    const waited = unlessAborted(never, shared);
    expect(getEventListeners(stop.signal, 'abort')).toHaveLength(1);
    expect(shared.aborted).toBe(false);
    stop.abort();
    stop.abort();
    expect(shared.aborted).toBe(true);
    expect(told).toEqual(['one', 'two']);
    expect(await waited).toBe(ABORTED);
    expect(forMany(stop.signal).aborted).toBe(true);
    expect(await unlessAborted(never, forMany(stop.signal))).toBe(ABORTED);
  });
});

describe('a deadline', () => {
  it('comes with its time or with a signal, whichever is first', () => {
    const byTime = openDeadline(500, undefined, after);
    expect(byTime.signal.aborted).toBe(false);
    goOff();
    expect(byTime.signal.aborted).toBe(true);
    const stop = new AbortController();
    const bySignal = openDeadline(500, stop.signal, after);
    expect(bySignal.signal.aborted).toBe(false);
    stop.abort();
    expect(bySignal.signal.aborted).toBe(true);
    expect(openDeadline(500, stop.signal, after).signal.aborted).toBe(true);
  });

  it('leaves neither a timer nor a listener when it is closed', () => {
    const stop = new AbortController();
    const deadline = openDeadline(500, stop.signal, after);
    deadline.close();
    expect(timers.size).toBe(0);
    expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
    stop.abort();
    expect(deadline.signal.aborted).toBe(false);
  });
});
