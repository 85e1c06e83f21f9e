import { CallOrders } from './call-order.ts';
import { Rows } from './rows.ts';
import { SessionFilter } from './filter-source.ts';
import type { Session } from './session.ts';

/** A session, and what is kept beside it for questions. */
export class OpenCapture {
  readonly session: Session;
  readonly rows: Rows;
  readonly orders: CallOrders;
  readonly filter: SessionFilter;

  constructor(session: Session) {
    this.session = session;
    this.rows = new Rows(session);
    this.orders = new CallOrders(this);
    this.filter = new SessionFilter(session, (signal) => this.orders.judged(signal));
  }
}
