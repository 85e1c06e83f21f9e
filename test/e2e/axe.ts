import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** What it finds, as sentences. It asks the page itself, without a second page: Electron opens none. */
export async function serious(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, any }) => `${id}: ${help}: ${target.join(' ')} (${any[0]?.message ?? ''})`),
    );
}
