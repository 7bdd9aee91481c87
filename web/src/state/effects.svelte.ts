import type { Dashboard } from './dashboard.svelte';
import { lengthOf } from '../time/range';

/** What goes on beside the panels: theme, language, refreshing, live readings. Call it once. */
export function useEffects(dashboard: Dashboard): void {
  $effect(() => {
    void dashboard.tick;
    dashboard.loadShared();
  });

  $effect(() => {
    void dashboard.view.locale;
    void dashboard.useLocale();
  });

  $effect(() => {
    const { theme } = dashboard.view;
    const system = matchMedia('(prefers-color-scheme: dark)');
    const use = (): void => {
      dashboard.dark = theme === 'dark' || (theme === 'system' && system.matches);
      document.documentElement.dataset['theme'] = dashboard.dark ? 'dark' : 'light';
    };
    use();
    system.addEventListener('change', use);
    return () => system.removeEventListener('change', use);
  });

  const every = $derived(refreshMs(dashboard.view.refresh));
  $effect(() => {
    if (every === null) return;
    const timer = setInterval(() => {
      // Nobody looks at a hidden page, and a dead server is asked by the connection itself.
      if (!document.hidden && !dashboard.connection.away) dashboard.refresh();
    }, every);
    return () => clearInterval(timer);
  });

  const streamKey = $derived(dashboard.view.live ? JSON.stringify(dashboard.conditions) : null);
  $effect(() => {
    if (streamKey === null) return;
    dashboard.live.open(JSON.parse(streamKey) as Record<string, string>);
    return () => dashboard.live.close();
  });
}

function refreshMs(refresh: string): number | null {
  if (refresh.endsWith('s')) {
    return Number.parseInt(refresh, 10) * 1000;
  }
  return lengthOf(refresh);
}
