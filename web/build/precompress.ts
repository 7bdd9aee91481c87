import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const COMPRESSIBLE = /\.(html|js|mjs|css|json|geojson|svg|txt|webmanifest|pbf)$/;

/** Below that, the headers weigh more than what compression saves. */
const WORTH_IT_BYTES = 512;

/** What the server reads: a line a file, with path, hash and codings between tabs. */
const LIST = 'files.txt';

const asGzip = promisify(gzip);
const asBrotli = promisify(brotliCompress);

/** Writes `.gz` and `.br` beside each asset, so that the server never compresses, and lists all. */
export function precompress(): Plugin {
  let folder = '';
  return {
    name: 'airlens-precompress',
    apply: 'build',
    configResolved(config) {
      folder = join(config.root, config.build.outDir);
    },
    async closeBundle() {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      const paths = entries
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .sort();
      const lines: string[] = [];
      for (const path of paths) {
        lines.push(await prepared(path, relative(folder, path).replaceAll('\\', '/')));
      }
      await writeFile(join(folder, LIST), `${lines.join('\n')}\n`);
    },
  };
}

async function prepared(path: string, name: string): Promise<string> {
  const plain = await readFile(path);
  const hash = createHash('sha256').update(plain).digest('hex').slice(0, 16);
  const pays = COMPRESSIBLE.test(path) && plain.length >= WORTH_IT_BYTES;
  if (pays) {
    await compress(path, plain);
  }
  return [name, hash, pays ? 'br,gzip' : ''].join('\t');
}

async function compress(path: string, plain: Buffer): Promise<void> {
  await writeFile(`${path}.gz`, await asGzip(plain, { level: 9 }));
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
  };
  await writeFile(`${path}.br`, await asBrotli(plain, { params }));
}
