import { describe, expect, it } from 'vitest';
import type { Analysis } from '../../core/analysis/index.ts';
import { dialogue } from './dialogue.ts';

/** By message: `.`, `R1` for a retransmission of the first, `C1` for a copy of it. */
function marks(text: string): string {
  return of(dialogue(text));
}

function of(analysis: Analysis): string {
  const { messages, retransmissions } = analysis;
  return Array.from({ length: messages.count }, (_, row) => {
    const again = retransmissions.retransmissionOf(row);
    const copy = retransmissions.copyOf(row);
    if (again !== 0) return `R${again}`;
    return copy === 0 ? '.' : `C${copy}`;
  }).join(' ');
}

describe('retransmissions', () => {
  it('name the first sending, not the one before', () => {
    expect(marks('0 a>b INVITE 1\n 0.5 a>b INVITE 1\n 1.5 a>b INVITE 1')).toBe('. R1 R1');
  });

  it('are none on the next hop: that is forwarding', () => {
    expect(marks('0 a>p INVITE 1\n 0.1 p>b INVITE 2,1\n 0.2 b>p 180 2,1\n 0.3 p>a 180 1')).toBe('. . . .');
  });

  it('are none with another branch, another number of Vias or fewer Max-Forwards: loop or spiral', () => {
    expect(marks('0 p>q INVITE 1\n 0.1 p>q INVITE 2,3,1\n 0.2 p>q INVITE 1 mf=60\n 0.3 p>q INVITE 1,9')).toBe(
      '. . . .',
    );
  });

  it('are none when the To tag differs: another phone of the fork', () => {
    expect(marks('0 a>p INVITE 1\n 1 p>a 180 1 to=b\n 1 p>a 180 1 to=c\n 2 p>a 180 1 to=b')).toBe('. . . R2');
  });

  it('of provisional responses are equal to the last byte', () => {
    expect(marks('0 b>a 183 1 header=RSeq:_1\n 0.5 b>a 183 1 header=RSeq:_1\n 1 b>a 183 1 header=RSeq:_2')).toBe(
      '. R1 .',
    );
    expect(marks('0 b>a 100 1\n 0.5 b>a 100 1 header=Timestamp:_5')).toBe('. R1');
  });

  it('of a 2xx and its ACK count over streams as well', () => {
    expect(
      marks('0 b>a 200 1 over=TCP\n 0.1 a>b ACK 2 over=TCP\n 0.5 b>a 200 1 over=TCP\n 0.6 a>b ACK 2 over=TCP'),
    ).toBe('. . R1 R2');
  });

  it('a datagram that is sent twice at once is two packets, not a copy', () => {
    expect(marks('0 a>b INVITE 1 id=7\n 0.00001 a>b INVITE 1 id=8')).toBe('. R1');
    expect(marks('0 a>b INVITE 1 id=0\n 0.00001 a>b INVITE 1 id=0')).toBe('. R1');
  });

  it('with one branch for everything, Call-ID and CSeq tell the transactions apart', () => {
    const many = Array.from(
      { length: 40 },
      (_, index) => `${index} a>b OPTIONS 1 call=c${index % 20} cseq=${1 + (index % 20)}`,
    );
    const analysis = dialogue(many.join('\n'));
    expect(analysis.transactions.count).toBe(20);
    expect(of(analysis)).toBe(
      Array.from({ length: 40 }, (_, index) => (index < 20 ? '.' : `R${index - 19}`)).join(' '),
    );
  });

  it('work without a branch, as in RFC 2543', () => {
    expect(marks('0 a>b OPTIONS -\n 0.5 a>b OPTIONS -\n 0.6 a>b OPTIONS - cseq=2')).toBe('. R1 .');
  });
});

describe('copies: one packet seen twice by the capture', () => {
  it('have the same IP identification, within a short time', () => {
    expect(marks('0 a>b INVITE 1 id=7\n 0.001 a>b INVITE 1 id=7 ttl=63\n 0.002 a>b INVITE 1 id=7 link=9')).toBe(
      '. C1 C1',
    );
    expect(marks('0 a>b INVITE 1 id=7\n 0.5 a>b INVITE 1 id=7')).toBe('. R1');
  });

  it('without identification, something around the IP header has to differ', () => {
    expect(marks('0 a>b INVITE 1 id=0\n 0.001 a>b INVITE 1 id=0 link=9')).toBe('. C1');
    expect(marks('0 a>b INVITE 1 id=-1\n 0.001 a>b INVITE 1 id=-1 ttl=63')).toBe('. C1');
    expect(marks('0 a>b INVITE 1 id=0\n 0.5 a>b INVITE 1 id=0 link=9')).toBe('. R1');
  });

  it('of a retransmission are copies of that', () => {
    expect(
      marks('0 a>b INVITE 1 id=7\n 0.5 a>b INVITE 1 id=8\n 0.501 a>b INVITE 1 id=8\n 0.502 a>b INVITE 1 id=8'),
    ).toBe('. R1 C2 C2');
  });

  it('are of the same bytes', () => {
    expect(marks('0 a>b INVITE 1 id=7\n 0.001 a>b INVITE 1 id=7 body=x')).toBe('. R1');
  });

  it('count apart, and feed no verdict', () => {
    const analysis = dialogue('0 a>b INVITE 1 id=7\n 0.001 a>b INVITE 1 id=7\n 0.5 a>b INVITE 1 id=8');
    const { calls, transactions } = analysis;
    expect([calls.messages(1), calls.retransmissions(1), calls.copies(1)]).toStrictEqual([2, 1, 1]);
    expect(transactions.of.get(1)).toBe(1);
  });
});
