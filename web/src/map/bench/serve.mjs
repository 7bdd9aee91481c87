import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const KINDS = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

/** The policy the product serves its pages with. */
const POLICY = [
  "default-src 'self'", "script-src 'self'", "style-src 'self'", "worker-src 'self' blob:",
  "img-src 'self' data: blob:",
].join('; ');

/** Serves a folder on the loopback, on a free port. */
export async function serve(folder) {
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, 'http://x').pathname;
    try {
      const body = await readFile(join(folder, normalize(path === '/' ? '/index.html' : path)));
      response.writeHead(200, {
        'content-type': KINDS[path === '/' ? '.html' : extname(path)] ?? 'application/octet-stream',
        'content-security-policy': POLICY,
      });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}
