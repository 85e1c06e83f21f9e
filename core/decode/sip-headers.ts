/**
 * Names of SIP header fields: in the spelling of the RFCs that define them (as in IANA's registry), their compact forms
 * (RFC 3261 7.3.3 and later ones), and which of them are lists whose values may share a line, apart by commas (7.3.1).
 */

/* A `,` behind a name: its values may share a line. `/x`: its compact form. */
const registry =
  'Accept, Accept-Contact/a, Accept-Encoding, Accept-Language, Accept-Resource-Priority, Additional-Identity ' +
  'Alert-Info, Allow, Allow-Events/u, Answer-Mode Attestation-Info Authentication-Info, Authorization Call-ID/i ' +
  'Call-Info, Cellular-Network-Info, Contact/m, Content-Disposition Content-Encoding/e, Content-ID Content-Language, ' +
  'Content-Length/l Content-Transfer-Encoding Content-Type/c CSeq Date DC-Info Diversion, Encryption Error-Info, ' +
  'Event/o Expires Feature-Caps, Flow-Timer From/f Geolocation, Geolocation-Error Geolocation-Routing Hide ' +
  'History-Info, Identity/y Identity-Info/n In-Reply-To, Info-Package Join Max-Breadth Max-Forwards MIME-Version ' +
  'Min-Expires Min-SE Organization Origination-Id P-Access-Network-Info, P-Answer-State P-Asserted-Identity, ' +
  'P-Asserted-Service P-Associated-URI, P-Called-Party-ID P-Charge-Info P-Charging-Function-Addresses ' +
  'P-Charging-Vector P-DCS-Billing-Info P-DCS-LAES P-DCS-OSPS P-DCS-Redirect P-DCS-Trace-Party-ID P-Early-Media, ' +
  'P-Media-Authorization, P-Preferred-Identity, P-Preferred-Service P-Private-Network-Indication P-Profile-Key ' +
  'P-Refused-URI-List, P-Served-User P-User-Database P-Visited-Network-ID, Path, Permission-Missing, ' +
  'Policy-Contact, Policy-ID Priority Priority-Share Priority-Verstat Privacy Proxy-Authenticate Proxy-Authorization ' +
  'Proxy-Require, RAck Reason, Record-Route, Recv-Info, Refer-Events-At Refer-Sub Refer-To/r Referred-By/b ' +
  'Reject-Contact/j, Relayed-Charge Remote-Party-ID, Replaces Reply-To Request-Disposition/d, Require, ' +
  'Resource-Priority, Resource-Share Response-Key Response-Source Restoration-Info Retry-After Route, RSeq ' +
  'Security-Client, Security-Server, Security-Verify, Server Service-Interact-Info Service-Route, Session-Expires/x ' +
  'Session-ID SIP-ETag SIP-If-Match Subject/s Subscription-State Supported/k, Suppress-If-Match Target-Dialog ' +
  'Timestamp To/t Trigger-Consent, Unsupported, User-Agent User-to-User, Via/v, Warning, WWW-Authenticate';

interface Known {
  readonly canonical: string;
  readonly list: boolean;
  readonly compact: string | null;
}

const known = new Map<string, Known>();
for (const word of registry.split(' ')) {
  const list = word.endsWith(',');
  const [canonical = '', compact = null] = (list ? word.slice(0, -1) : word).split('/');
  const header: Known = { canonical, list, compact };
  known.set(canonical.toLowerCase(), header);
  if (compact !== null) known.set(compact, header);
}

/** The long name in the spelling of its RFC (`Call-ID` for `i` or `call-id`); a name that nobody knows comes back as it is. */
export function canonicalName(name: string): string {
  return known.get(name.toLowerCase())?.canonical ?? name;
}

/** Whether several values of this header may share a line, apart by commas. False for names that nobody knows: a comma may be part of the text. */
export function isListHeader(name: string): boolean {
  return known.get(name.toLowerCase())?.list ?? false;
}

/** The compact form of a header name, a small letter; null where it has none. */
export function compactName(name: string): string | null {
  return known.get(name.toLowerCase())?.compact ?? null;
}
