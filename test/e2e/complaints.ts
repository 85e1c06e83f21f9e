import { expect, type Page } from '@playwright/test';

/**
 * What else the page said: errors that nobody caught, and what it, or the browser about it, wrote to the console as an
 * error. What breaks the Content-Security-Policy is among the latter.
 */
export type Complaints = string[];

/** Collects from now on. */
export function listen(page: Page): Complaints {
  const complaints: Complaints = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  return complaints;
}

/** Fails where there are others than those that the test provoked: they have some of the words that are `excused`. */
export function expectNoneBut(excused: readonly string[], complaints: Complaints): void {
  expect(complaints.filter((text) => !excused.some((words) => text.includes(words)))).toEqual([]);
}
