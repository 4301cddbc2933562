// Loaded before a process under test that nobody asks anything in words: what its content says it learns a step at a time
// and a turn of the loop apart, for a second and a half of the processor in all. Here that turn never comes.

import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';

timers.setImmediate = () => new Promise(() => undefined);
syncBuiltinESMExports();
