import type { ComponentType } from 'react';
import { Listen } from './listen/Listen.tsx';

/** The panel below the charts in which one or two streams are heard; null as long as there is none, and then no button for it. */
export const listenPanel: ComponentType<{ readonly streams: readonly number[] }> | null = Listen;
