/** Methods everybody knows, by their numbers in Method (core/analysis/method.ts). */

export const REGISTER = 6;

/** Behind the letters of the method that `methodAt` found. */
export let methodEnd: i32 = 0;

/** The number of the method whose letters stand at `at`, 0 where none does; what stands behind them is the caller's to look at. */
export function methodAt(at: i32): i32 {
  const word = load<i32>(at);
  switch (word) {
    // INVITE
    case 0x4956_4e49:
      return i32(load<u16>(at, 4)) === 0x4554 ? found(at, 1, 6) : 0;
    // CANCEL
    case 0x434e_4143:
      return i32(load<u16>(at, 4)) === 0x4c45 ? found(at, 4, 6) : 0;
    // OPTIONS
    case 0x4954_504f:
      return load<i32>(at, 3) === 0x534e_4f49 ? found(at, 5, 7) : 0;
    // REGISTER
    case 0x4947_4552:
      return load<i32>(at, 4) === 0x5245_5453 ? found(at, 6, 8) : 0;
    // PRACK
    case 0x4341_5250:
      return i32(load<u8>(at, 4)) === 0x4b ? found(at, 7, 5) : 0;
    // SUBSCRIBE
    case 0x5342_5553:
      return load<i32>(at, 4) === 0x4249_5243 && load<u8>(at, 8) === 0x45 ? found(at, 8, 9) : 0;
    // NOTIFY
    case 0x4954_4f4e:
      return i32(load<u16>(at, 4)) === 0x5946 ? found(at, 9, 6) : 0;
    // PUBLISH
    case 0x4c42_5550:
      return load<i32>(at, 3) === 0x4853_494c ? found(at, 10, 7) : 0;
    // INFO
    case 0x4f46_4e49:
      return found(at, 11, 4);
    // REFER
    case 0x4546_4552:
      return i32(load<u8>(at, 4)) === 0x52 ? found(at, 12, 5) : 0;
    // MESSAGE
    case 0x5353_454d:
      return load<i32>(at, 3) === 0x4547_4153 ? found(at, 13, 7) : 0;
    // UPDATE
    case 0x4144_5055:
      return i32(load<u16>(at, 4)) === 0x4554 ? found(at, 14, 6) : 0;
    // KDMQ
    case 0x514d_444b:
      return found(at, 15, 4);
    default:
      break;
  }
  // ACK and BYE.
  if ((word & 0xff_ffff) === 0x4b_4341) return found(at, 2, 3);
  return (word & 0xff_ffff) === 0x45_5942 ? found(at, 3, 3) : 0;
}

function found(at: i32, number: i32, length: i32): i32 {
  methodEnd = at + length;
  return number;
}
