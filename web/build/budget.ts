import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Plugin, Rolldown } from 'vite';

/** Bytes as gzip sends them. */
const MOST = 350_000;

/** What comes only when somebody scrolls to it or clicks; all else counts, also what is new. */
const LATER = [
  'panels/DistributionPanel', 'panels/CalendarPanel', 'panels/ComparePanel', 'panels/HistoryPanel', 'panels/TablePanel',
  'panels/StatusPanel',
  'controls/RangeForm', 'controls/SettingsForm', 'controls/ShareForm', 'charts/save', 'charts/svg',
];

/** Of these a person needs one: the largest counts. */
const ONE_OF = /\/i18n\/(?:en|de|fr)\.ts$/;

/** Without the basemap: tiles, and the names of countries and cities. */
const BASEMAP = /\.bin$|(?:names|countries)-[\w-]+\.json$/;

type Bundle = Rolldown.OutputBundle;
type Chunk = Rolldown.OutputChunk & { viteMetadata?: { importedCss: Set<string>; importedAssets: Set<string> } };

/** Lists in target/first-load.txt what a first view needs, and fails a build whose first view needs more. */
export function budget(): Plugin {
  let list = '';
  return {
    name: 'airlens-budget',
    apply: 'build',
    enforce: 'post',
    configResolved(config) {
      list = join(config.root, 'target/first-load.txt');
    },
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const sizes = [...firstLoad(bundle)].map((name) => [sizeOf(bundle, name), name] as const).sort((a, b) => b[0] - a[0]);
        const total = sizes.reduce((sum, [size]) => sum + size, 0);
        const text = sizes.map(([size, name]) => `${String(size).padStart(8)} ${name}`).join('\n');
        mkdirSync(dirname(list), { recursive: true });
        writeFileSync(list, `${text}\n${String(total).padStart(8)} bytes in all\n`);
        if (total > MOST) {
          this.error(`A first view needs ${total} bytes gzipped, and may need ${MOST}:\n${text}`);
        }
      },
    },
  };
}

/** The files that a first view asks for. */
function firstLoad(bundle: Bundle): Set<string> {
  const files = new Set<string>(['index.html']);
  const catalogues: string[] = [];
  const visit = (name: string): void => {
    const chunk = bundle[name];
    if (files.has(name) || BASEMAP.test(name)) return;
    const [module, all] = chunk?.type === 'chunk' ? [chunk.facadeModuleId ?? '', chunk.moduleIds] : ['', []];
    if (isLater(module) || (all.length > 0 && all.every(isLater))) return;
    if (ONE_OF.test(module)) {
      catalogues.push(name);
      return;
    }
    files.add(name);
    if (chunk?.type === 'chunk') {
      const { imports, dynamicImports, viteMetadata } = chunk as Chunk;
      const more = [...(viteMetadata?.importedCss ?? []), ...(viteMetadata?.importedAssets ?? [])];
      [...imports, ...dynamicImports, ...more].forEach(visit);
    }
  };
  Object.values(bundle).forEach((one) => one.type === 'chunk' && one.isEntry && visit(one.fileName));
  const largest = catalogues.sort((a, b) => sizeOf(bundle, b) - sizeOf(bundle, a))[0];
  return largest ? files.add(largest) : files;
}

function isLater(module: string): boolean {
  return LATER.some((later) => module.includes(`/src/${later}.`));
}

function sizeOf(bundle: Bundle, name: string): number {
  const file = bundle[name];
  if (!file) return 0;
  return gzipSync(file.type === 'chunk' ? file.code : file.source, { level: 9 }).length;
}
