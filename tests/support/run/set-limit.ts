import fc from 'fast-check';
import { expect, vi } from 'vitest';
import { limitOf } from './time-limits.js';

// Before each file. A project for each limit would start its processes, and load all that they share, once more.
vi.setConfig({ testTimeout: limitOf(expect.getState().testPath ?? '') });

// The same cases each time: what fails here fails for whoever looks for it. Other cases are for the attack, which is seeded too.
fc.configureGlobal({ seed: 20_270_112 });
