/** What indexing notes of a SIP message: where its parts lie, as offsets in the bytes that were scanned. Numbers only. */
export class SipPlaces {
  faults = 0;
  isRequest = false;
  /** Start line. Method and Request-URI of a request; status and reason phrase of a response. */
  methodAt = 0;
  methodEnd = 0;
  uriAt = 0;
  uriEnd = 0;
  /** 0 to 999 as it stands there; 0 where it has not three digits. */
  status = 0;
  reasonAt = 0;
  reasonEnd = 0;
  /** First byte behind the start line. */
  headersAt = 0;
  /** Header values without surrounding white space; `…At` is 0 where the header is missing (no header can be at 0: the start line is). */
  callIdAt = 0;
  callIdEnd = 0;
  fromAt = 0;
  fromEnd = 0;
  fromTagAt = 0;
  fromTagEnd = 0;
  toAt = 0;
  toEnd = 0;
  toTagAt = 0;
  toTagEnd = 0;
  /** The first value of the first Via. */
  viaAt = 0;
  branchAt = 0;
  branchEnd = 0;
  /** `host` or `host:port` of the top Via. */
  sentByAt = 0;
  sentByEnd = 0;
  /** How many Via values there are, over all lines. */
  viaCount = 0;
  /** 0 to 4,294,967,295; 0 where missing or broken (see faults). */
  cseqNumber = -0;
  cseqMethodAt = 0;
  cseqMethodEnd = 0;
  /** 0 to 255; -1 where missing or broken. */
  maxForwards = -1;
  /** -1 where missing or broken. */
  contentLength = -1;
  contentTypeAt = 0;
  contentTypeEnd = 0;
  contactAt = 0;
  contactEnd = 0;
  /** Value of Expires in seconds, -1 where missing or broken. */
  expires = -1;
  /** First byte behind the empty line that ends the headers; `end` where there is none. */
  bodyAt = 0;
  /** Where the body ends: by Content-Length where it fits, else the end of the datagram. */
  bodyEnd = 0;

  /** Forgets the message before. */
  protected reset(): void {
    this.faults = 0;
    this.methodAt = this.methodEnd = this.uriAt = this.uriEnd = this.status = this.reasonAt = this.reasonEnd = 0;
    this.callIdAt = this.callIdEnd = this.fromAt = this.fromEnd = this.fromTagAt = this.fromTagEnd = 0;
    this.toAt = this.toEnd = this.toTagAt = this.toTagEnd = this.viaAt = this.branchAt = this.branchEnd = 0;
    this.sentByAt = this.sentByEnd = this.viaCount = this.cseqNumber = this.cseqMethodAt = this.cseqMethodEnd = 0;
    this.contentTypeAt = this.contentTypeEnd = this.contactAt = this.contactEnd = 0;
    this.maxForwards = this.contentLength = this.expires = -1;
  }
}
