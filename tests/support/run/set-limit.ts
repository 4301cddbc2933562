import { expect, vi } from 'vitest';
import { limitOf } from './time-limits.js';

// Before each file. A project for each limit would start its processes, and load all that they share, once more.
vi.setConfig({ testTimeout: limitOf(expect.getState().testPath ?? '') });
