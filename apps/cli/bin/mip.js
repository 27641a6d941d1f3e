#!/usr/bin/env node
import { existsSync } from 'node:fs';

const program = new URL('../../../dist/apps/cli/src/main.js', import.meta.url);

if (existsSync(program)) {
  await import(program.href);
} else {
  process.stderr.write('mip is not built yet: run `npm run build` in the project first.\n');
  process.exitCode = 1;
}
