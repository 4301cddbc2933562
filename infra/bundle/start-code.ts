import { createRequire } from 'node:module';
import { compileCode } from './code-cache.js';

/** The name of the file with the code, and the folder that both lie in: put in by the bundler. */
declare const CODE: string;

/** What `command.js` of the bundle is: it loads the code, which takes the arguments from there. */
compileCode(__dirname, CODE, createRequire(__filename)).run();
