import { Activity, ChartColumn, Lock, Network, Radio, Rows3, TriangleAlert, UserCheck, Waypoints } from 'lucide-react';
import type { ComponentType } from 'react';
import type { ScreenName } from '../state/view.ts';
import { CallsScreen } from '../views/calls/CallsScreen.tsx';
import { DispatcherScreen } from '../views/dispatcher/DispatcherScreen.tsx';
import { MediaScreen } from '../views/media/MediaScreen.tsx';
import { RegistrationsScreen } from '../views/registrations/RegistrationsScreen.tsx';
import { PathsScreen } from '../views/paths/PathsScreen.tsx';
import { SecurityScreen } from '../views/security/SecurityScreen.tsx';
import { StatisticsScreen } from '../views/statistics/StatisticsScreen.tsx';

export interface Screen {
  readonly title: string;
  readonly icon: ComponentType<{ readonly size?: number }>;
  /** Null for a screen that is not built yet: its place in the rail says so. */
  readonly screen: { readonly name: ScreenName; readonly View: ComponentType } | null;
}

/** The rail, from top to bottom. A screen is a folder in views/ and a line here. */
export const screens: readonly Screen[] = [
  { title: 'Calls', icon: Rows3, screen: { name: 'calls', View: CallsScreen } },
  { title: 'Registrations', icon: UserCheck, screen: { name: 'registrations', View: RegistrationsScreen } },
  { title: 'Media', icon: Activity, screen: { name: 'media', View: MediaScreen } },
  { title: 'Paths', icon: Waypoints, screen: { name: 'paths', View: PathsScreen } },
  { title: 'Dispatcher', icon: Network, screen: { name: 'dispatcher', View: DispatcherScreen } },
  { title: 'Security associations', icon: Lock, screen: { name: 'security', View: SecurityScreen } },
  { title: 'Findings', icon: TriangleAlert, screen: null },
  { title: 'Live', icon: Radio, screen: null },
  { title: 'Statistics', icon: ChartColumn, screen: { name: 'statistics', View: StatisticsScreen } },
];
