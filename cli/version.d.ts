/** Version in package.json, put in by the build. */
declare const SIPGLASS_VERSION: string;
