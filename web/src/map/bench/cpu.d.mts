/** Milliseconds of processor time, by the kind of process. */
export function cpu(browserPid: number): Record<string, number>;
