import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const COMPRESSIBLE = /\.(html|js|mjs|css|json|geojson|svg|txt|webmanifest|pbf)$/;

/** Below that, the headers weigh more than what compression saves. */
const WORTH_IT_BYTES = 512;

const asGzip = promisify(gzip);
const asBrotli = promisify(brotliCompress);

/** Writes `.gz` and `.br` beside each asset, once, so that the server never compresses them. */
export function precompress(): Plugin {
  let folder = 'dist';
  return {
    name: 'airlens-precompress',
    apply: 'build',
    configResolved(config) {
      folder = join(config.root, config.build.outDir);
    },
    async closeBundle() {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      for (const entry of entries) {
        if (entry.isFile() && COMPRESSIBLE.test(entry.name)) {
          await compress(join(entry.parentPath, entry.name));
        }
      }
    },
  };
}

async function compress(path: string): Promise<void> {
  const plain = await readFile(path);
  if (plain.length < WORTH_IT_BYTES) {
    return;
  }
  await writeFile(`${path}.gz`, await asGzip(plain, { level: 9 }));
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
  };
  await writeFile(`${path}.br`, await asBrotli(plain, { params }));
}
