import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const NEEDED_JAVA = 25;
const FLAGS = ['--enable-native-access=ALL-UNNAMED', '--sun-misc-unsafe-memory-access=allow', '-Xmx512m'];

/** AirLens as it is built, on a free port of this machine; with the bundled capture unless told otherwise. */
export class Product {
  #process: ChildProcess | null = null;
  readonly #folder = mkdtempSync(join(tmpdir(), 'airlens-e2e-'));
  readonly #source: string;
  readonly #flags: readonly string[];
  url = '';

  constructor(source = 'sample', flags: readonly string[] = []) {
    this.#source = source;
    this.#flags = flags;
  }

  /** Starts it and waits until it is ready; a second start takes the same port and store. */
  async start(): Promise<void> {
    await this.listen();
    await this.#ready();
  }

  /** Starts it and waits until it listens, though it may have nothing to show yet. */
  async listen(): Promise<void> {
    const target = process.env['AIRLENS_APP'] ?? join(import.meta.dirname, '../../app/target');
    const port = this.url ? new URL(this.url).port : '0';
    const child = spawn(
      join(jdk(), 'bin/java'),
      [
        ...FLAGS, '-cp', `${join(target, 'classes')}:${join(target, 'lib')}/*`, 'org.airlens.app.Main',
        'up', '--source', this.#source, '--interval', '1s', '--data-dir', this.#folder, '--port', port, ...this.#flags,
      ],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    this.#process = child;
    this.url = await new Promise<string>((resolve, reject) => {
      let output = '';
      const read = (chunk: Buffer): void => {
        output += chunk.toString();
        const found = /serves at (http:\S+?)\/? /.exec(output);
        if (found?.[1]) resolve(found[1]);
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      child.on('exit', (code) => reject(new Error(`it ended with ${code}: ${output}`)));
    });
  }

  async stop(): Promise<void> {
    const child = this.#process;
    this.#process = null;
    if (child && child.exitCode === null) {
      child.removeAllListeners('exit');
      child.kill('SIGTERM');
      await ended(child);
    }
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async json<T>(path: string): Promise<T> {
    const answer = await fetch(this.url + path);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  }

  async #ready(): Promise<void> {
    for (;;) {
      const answer = await fetch(`${this.url}/readyz`);
      await answer.body?.cancel();
      if (answer.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once('exit', () => resolve());
  });
}

function jdk(): string {
  const installed = existsSync('/usr/lib/jvm') ? readdirSync('/usr/lib/jvm').map((name) => join('/usr/lib/jvm', name)) : [];
  const candidates = [process.env['AIRLENS_JAVA_HOME'], process.env['JAVA_HOME'], ...installed];
  for (const folder of candidates) {
    const release = folder ? join(folder, 'release') : '';
    if (folder && existsSync(release)) {
      const version = /JAVA_VERSION="(\d+)/.exec(readFileSync(release, 'utf8'))?.[1];
      if (Number(version) >= NEEDED_JAVA) return folder;
    }
  }
  throw new Error(`the product needs JDK ${NEEDED_JAVA}: name its folder in AIRLENS_JAVA_HOME`);
}
