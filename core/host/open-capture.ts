import { CallOrders } from './calls/call-order.ts';
import { Rows } from './rows.ts';
import { SessionFilter } from './filter/filter-source.ts';
import type { Session } from './session.ts';

/** A session, and what is kept beside it for questions. */
export class OpenCapture {
  readonly session: Session;
  readonly rows: Rows;
  readonly orders: CallOrders;
  readonly filter: SessionFilter;
  /** Messages there were at first. */
  private readonly messages: number;
  private now: OpenCapture | null = null;

  /** `before`: of the same session, when it had fewer messages; what it keeps knows of growth by itself. */
  constructor(session: Session, before: OpenCapture | null = null) {
    this.session = session;
    this.rows = before?.rows ?? new Rows(session);
    this.orders = before?.orders ?? new CallOrders(this);
    this.filter = before?.filter ?? new SessionFilter(session, (signal) => this.orders.judged(signal));
    this.messages = session.analysis.messages.count;
  }

  /**
   * For questions whose answers are kept and are of a whole capture: where packets still come, another one as soon as
   * there are more messages, so that nothing is kept that is not true any more.
   */
  asOfNow(): OpenCapture {
    this.now ??= this;
    if (this.now.messages !== this.session.analysis.messages.count) this.now = new OpenCapture(this.session, this);
    return this.now;
  }
}
