import { CaptureError } from './reader.ts';

const sentences: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  ENOTDIR: 'no such file: a part of its path is no directory',
  EISDIR: 'is a directory',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file would become larger than its file system allows',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  ELOOP: 'its symbolic links go round in a circle',
  ENAMETOOLONG: 'the name is too long',
  EIO: 'the device reports an error',
  EADDRNOTAVAIL: 'it is no address of this machine',
  EADDRINUSE: 'another program listens there',
  ENOTFOUND: 'there is no such name',
  ESTALE: 'the file went away on its server',
};

/** What the operating system said, as words; without the file's name and without a full stop. */
export function systemWords(error: unknown): string {
  const code = codeOf(error);
  return (
    (code === null ? undefined : sentences[code]) ?? code ?? (error instanceof Error ? error.message : 'unknown error')
  );
}

/** The error code of the operating system, such as `ENOENT`; null where the error is of another kind. */
export function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

/** One sentence about a file: `NAME: no such file`. What already is a CaptureError stays as it is. */
export function fileError(name: string, error: unknown): CaptureError {
  return error instanceof CaptureError ? error : new CaptureError(`${name}: ${systemWords(error)}`);
}
