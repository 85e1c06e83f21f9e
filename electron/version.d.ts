/** Put in by the build. */
declare const SIPGLASS_VERSION: string;
