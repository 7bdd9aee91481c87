import { readdirSync, readFileSync } from 'node:fs';

/** Milliseconds of a clock tick in /proc, as on all common Linux machines. */
const TICK_MS = 10;

/**
 * Processor time of each kind of process below a browser: other programs on a busy machine take
 * frames away, but they do not make a frame dearer.
 */
export function cpu(browserPid) {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap(read);
  const below = new Set([browserPid]);
  for (let grew = true; grew; ) {
    const size = below.size;
    all.filter(({ parent }) => below.has(parent)).forEach(({ pid }) => below.add(pid));
    grew = below.size > size;
  }
  const spent = {};
  for (const { pid, kind, ms } of all) {
    if (below.has(pid)) spent[kind] = (spent[kind] ?? 0) + ms;
  }
  return spent;
}

function read(name) {
  try {
    const fields = readFileSync(`/proc/${name}/stat`, 'utf8').replace(/^.*\) /, '').split(' ');
    const line = readFileSync(`/proc/${name}/cmdline`, 'utf8');
    const kind = /--type=([\w-]+)/.exec(line)?.[1] ?? 'browser';
    const ms = (Number(fields[11]) + Number(fields[12])) * TICK_MS;
    return [{ pid: Number(name), parent: Number(fields[1]), kind, ms }];
  } catch {
    return []; // It ended meanwhile.
  }
}
