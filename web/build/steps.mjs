// The steps that Maven runs: 'build' makes the dashboard when its inputs have changed, 'test' checks
// types and runs the unit tests, 'e2e' drives the product in a browser.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const INPUTS = ['src', 'public', 'basemap', 'build', 'index.html', 'package-lock.json', 'svelte.config.js', 'tsconfig.json', 'vite.config.ts'];
const BUILT = 'target/classes/org/airlens/web/files.txt';
const BUILT_OF = 'target/built-of';
const TESTED_OF = 'target/tested-of';
const INSTALLED_OF = 'node_modules/.installed-of';

function filesOf(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  // The basemap's preparation has libraries of its own.
  return readdirSync(path).filter((name) => name !== 'node_modules').sort().flatMap((name) => filesOf(join(path, name)));
}

function hashOf(paths) {
  const hash = createHash('sha256').update(process.versions.node);
  for (const file of paths.flatMap(filesOf)) {
    hash.update(file).update('\0').update(readFileSync(file));
  }
  return hash.digest('hex');
}

function isOf(stamp, hash) {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === hash;
}

function stamp(path, hash) {
  mkdirSync('target', { recursive: true });
  writeFileSync(path, hash);
}

function run(command, ...args) {
  const { status, error } = spawnSync(command, args, {
    stdio: 'inherit',
    env: { ...process.env, VITE_CONFIG_NATIVE_IGNORE_WARNING: 'true' },
  });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

function install() {
  const hash = hashOf(['package.json', 'package-lock.json', '.npmrc']);
  if (isOf(INSTALLED_OF, hash)) return;
  run('npm', 'ci', '--no-audit', '--no-fund', '--loglevel=error');
  writeFileSync(INSTALLED_OF, hash);
}

const steps = {
  build() {
    const hash = hashOf(INPUTS);
    if (existsSync(BUILT) && isOf(BUILT_OF, hash)) return;
    install();
    run('npx', '--no-install', 'vite', 'build', '--logLevel', 'warn');
    stamp(BUILT_OF, hash);
  },
  test() {
    const hash = hashOf([...INPUTS, 'e2e', 'vitest.e2e.config.ts']);
    if (isOf(TESTED_OF, hash)) return;
    install();
    run('npx', '--no-install', 'svelte-check', '--tsconfig', './tsconfig.json', '--fail-on-warnings', '--output', 'human');
    run('npx', '--no-install', 'vitest', 'run');
    stamp(TESTED_OF, hash);
  },
  e2e() {
    const chromium = process.env.AIRLENS_CHROMIUM ?? '/usr/bin/chromium';
    if (!existsSync(chromium)) {
      console.log(`Skipped: the dashboard's browser tests need Chromium at ${chromium} (or AIRLENS_CHROMIUM).`);
      return;
    }
    install();
    run('npx', '--no-install', 'vitest', 'run', '--config', 'vitest.e2e.config.ts');
  },
};

const step = steps[process.argv[2]];
if (!step) {
  console.error(`steps: ${Object.keys(steps).join(', ')}`);
  process.exit(2);
}
step();
