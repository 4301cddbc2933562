import { describe, expect, it } from 'vitest';
import { createSemaphore } from '../../../jobs/reminders/semaphore.js';

const soon = () => new Promise((resolve) => setImmediate(resolve));

/** Who sits, in the order in which they came to. */
function openRoom(count: number) {
  const seats = createSemaphore(count);
  const sitting: string[] = [];
  return {
    sitting,
    come: (name: string, wanted: number) => void seats.acquire(wanted).then(() => sitting.push(name)),
    async leave(given: number) {
      seats.release(given);
      await soon();
    },
  };
}

describe('seats', () => {
  it('are taken as long as there are any', async () => {
    const { come, sitting } = openRoom(5);
    come('three', 3);
    come('two', 2);
    come('one', 1);
    await soon();
    expect(sitting).toEqual(['three', 'two']);
  });

  it('are waited for until there are enough', async () => {
    const { come, leave, sitting } = openRoom(5);
    come('five', 5);
    come('three', 3);
    await leave(2);
    expect(sitting).toEqual(['five']);
    await leave(1);
    expect(sitting).toEqual(['five', 'three']);
  });

  it('go to who came first, also when others would fit', async () => {
    const { come, leave, sitting } = openRoom(4);
    come('four', 4);
    come('three', 3);
    come('one', 1);
    await leave(1);
    expect(sitting).toEqual(['four']);
    await leave(3);
    expect(sitting).toEqual(['four', 'three', 'one']);
  });
});
