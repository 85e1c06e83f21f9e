/**
 * Where things stand in memory, in bytes, and how rows and keys are laid out: read by TypeScript and by AssemblyScript
 * alike, so nothing but constants.
 */

/** Words of the block at hand of four messages, a vector for each word. */
export const WORDS = 0x4000;
/** What hashing begins with and comes to: a vector for each word. */
export const STATE = 0x4200;
/** Of four messages: where they begin, how many whole blocks they have, how many with what is behind those. */
export const FROM = 0x4300;
export const WHOLE = 0x4310;
export const BLOCKS = 0x4320;
/** Rows and keys of the four. */
export const FOUR = 0x4330;
/** What is behind the whole blocks, with padding: two blocks for each of four messages. */
export const TAILS = 0x4400;
/** A key, a block long. */
export const KEY = 0x4600;
/** Pairs: bytes before and behind ESP. */
export const WAYS = 0x4700;
/** Where rows with so many blocks begin in ORDER; rows by their blocks. */
export const BINS = 0x4800;
export const ORDER = 0x5000;
/** Keys of a batch. */
export const USED = 0x6000;
/** Pairs: where packets begin and end. */
export const RECORDS = 0x8000;
/** ESP packets, and keys. */
export const ROWS = 0x10000;
export const LOCKS = 0x20000;
/** Pairs of SPI and number of its key, from 1: open addressing. */
export const SPIS = 0xc0000;
export const SPI_MASK = 0x1fff;
/** A piece of the capture, and what is decrypted of it. */
export const PIECE = 0x100000;
export const SPAN = 0x60000;
export const PLAIN = 0x160000;

/** Security associations, one for each place of an SPI; a byte for each UDP port, 0 where no decoder is; flows of media. */
export const ASSOCIATIONS = 0x1c0000;
export const PORTS = 0x200000;
export const FLOWS = 0x210000;
export const FLOW_MASK = 0x1fff;
export const MOST_FLOWS = 4096;
/** Where the memory may end. */
export const MEMORY_END = 0x230000;

/** Rows there is room for; keys, and SPIs. */
export const MOST_ROWS = 1024;
export const MOST_LOCKS = 4096;

/* Of a row: its size, and places in it. */
export const ROW = 64;
/** Where the packet begins, its ESP begins and ends. */
export const START = 0;
export const AT = 4;
export const END = 8;
/** Number of its key; whether that gives its ICV. */
export const LOCK_NUMBER = 12;
export const GOOD = 16;
/** Where it was decrypted to, without its initialisation vector; 0 where it was not. */
export const PLAIN_AT = 20;
export const PLAIN_END = 24;
/** Where its IPv4 header begins, where all before and in that is as usual; else 0. */
export const IP = 28;
/** What is inside, see inside.ts: where its UDP header begins, the datagram ends, and the payload with it. */
export const INSIDE = 32;
export const UDP_AT = 36;
export const UDP_END = 40;
export const LAST = 44;
/** Numbers of blocks to hash. */
export const ROW_BLOCKS = 48;
/** Where the packet ends. */
export const STOP = 52;
/** Where its first and its last block are, decrypted, each behind the block before; 0 where all of it is decrypted. */
export const BRIEF = 56;

/* Of a key: its size, and places in it. */
export const LOCK = 96;
/** What the first blocks of an HMAC leave behind, which are of the key alone. */
export const INNER = 0;
export const OUTER = 32;
/** A number of Hash; bytes of its ICV, its initialisation vector, its cipher’s blocks (0 where there is nothing to decrypt in chains). */
export const HASH = 64;
export const ICV = 68;
export const IV = 72;
export const CIPHER_BLOCK = 76;
/** Whether the payload stands in the packet as it is. */
export const IS_PLAIN = 80;
/** In which batch it was used last. */
export const USED_IN = 84;

/* Of an association: its size, and places in it. */
export const ASSOCIATION = 32;
/** Its destination as it stands in packets; the number of its key, from 1, or 0 where others take note of its packets. */
export const DESTINATION = 0;
export const OWNED_WITH = 4;
/** See EspAssociation. */
export const HIGHEST = 8;
export const SEEN = 12;
export const NEWEST = 16;
/** Packets that were taken note of here, and the frame of the last one. */
export const TAKEN = 24;
export const LAST_FRAME = 28;

/* Of a run. What records look like (pcap): 1 where numbers are little-endian, bytes of the longest, nanoseconds of a part. */
export const LITTLE = 0x4e00;
export const LONGEST_RECORD = 0x4e04;
export const SCALE = 0x4e08;
/** Seconds that times are counted from; the time of the last packet, nanoseconds from there. */
export const BASE = 0x4e10;
export const LATEST = 0x4e18;
/** Bytes on the wire of the packets of a run. */
export const WIRE = 0x4e20;
/** Where the next record begins; the frame of the last packet; where the row of that is; packets of media that were only counted. */
export const NEXT = 0x4e28;
export const FRAME = 0x4e2c;
export const RUN_ROW = 0x4e30;
export const COUNTED = 0x4e34;

/** Hashes: none that is worked out here, MD5, SHA-1, SHA-256. */
export const NO_HASH = 0;
export const MD5 = 1;
export const SHA1 = 2;
export const SHA256 = 3;
export const LAST_HASH = SHA256;
/** Blocks of the longest message. */
export const MOST_BLOCKS = 66;
