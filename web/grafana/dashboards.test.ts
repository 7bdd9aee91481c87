import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { text } from './dashboards.ts';
import { sources } from './sources.ts';

// That they keep to Grafana's published schema is checked with its types: `npm run check`.
// `npm run grafana` writes the files anew.
it.each(sources)('$name.json is what these sources say', async (source) => {
  const file = new URL(`../../deploy/grafana/dashboards/${source.name}.json`, import.meta.url);
  await expect(text(source)).toMatchFileSnapshot(fileURLToPath(file));
});
