import { Rows } from './rows.ts';
import { SessionFilter } from './filter-source.ts';
import type { Session } from './session.ts';

/** A session, and what is kept beside it for questions. */
export class OpenCapture {
  readonly session: Session;
  readonly rows: Rows;
  readonly filter: SessionFilter;

  constructor(session: Session) {
    this.session = session;
    this.rows = new Rows(session);
    this.filter = new SessionFilter(session);
  }
}
