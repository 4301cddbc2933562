// Attacks the built bot for minutes: npm run attack -- --minutes 10 --seed 1. Its program is TypeScript, which Node 20
// does not read: Vite, which vitest brings along, does.
import { fileURLToPath } from 'node:url';
import { createViteServer } from 'vitest/node';

const vite = await createViteServer({
  root: fileURLToPath(new URL('../../..', import.meta.url)),
  configFile: false,
  appType: 'custom',
  logLevel: 'error',
  optimizeDeps: { noDiscovery: true },
  server: { middlewareMode: true, hmr: false, watch: null, ws: false },
});
const { attack } = await vite.ssrLoadModule('/tests/programs/attack/command.ts');
const code = await attack(process.argv.slice(2), (line) => process.stdout.write(`${line}\n`));
await vite.close();
process.exit(code);
