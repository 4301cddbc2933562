import { runCommand } from './command-line.js';
import { readEnvFile } from './config.js';
import { createLog } from './log.js';

runCommand(process.argv.slice(2), {
  settings: () => readEnvFile() ?? process.env,
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  log: (level) => createLog(level),
  stopOnSignals: async (...how) => (await import('./composition/lifecycle.js')).stopOnSignals(...how),
}).then((code) => {
  // A server goes on; a command is done, whatever connection is still kept alive for another request.
  if (code !== null) process.exit(code);
});
