import { MONO, SANS, type Theme } from '../ladder/theme.ts';

/** The page's own style sheet; nothing in it comes from a capture. `width` is the ladder's, in pixels. */
export function htmlStyle(theme: Theme, width: number): string {
  const { background, panel, line, ink } = theme;
  return `
:root{color-scheme:${theme.name}}
*{box-sizing:border-box}
body{margin:0;height:100vh;display:flex;flex-direction:column;background:${background};color:${ink.text};font:13px/1.45 ${SANS};font-variant-numeric:tabular-nums}
header{padding:10px 16px;border-bottom:1px solid ${line}}
h1{font-size:15px;margin:0 0 4px}
ul{list-style:none;margin:0;padding:0;max-height:30vh;overflow:auto}
header span,header p{color:${ink.muted}}
header p,header details{margin:4px 0 0;font-size:12px}
header summary{cursor:pointer}
header details li{margin:4px 0}
.letter{display:inline-block;min-width:18px;padding:0 5px;border-radius:8px;color:${theme.onInk};font-size:11px;text-align:center}
main{flex:1;min-height:0;display:flex}
.ladder{flex:0 0 ${width + 20}px;overflow:auto}
.alone .ladder{flex:1}
.lanes{position:sticky;top:0;min-width:${width}px;background:${background};border-bottom:1px solid ${line};z-index:1}
svg{display:block}
.ladder a:hover rect:first-of-type,.ladder a:focus-visible rect:first-of-type{fill:${theme.name === 'dark' ? '#63a9ff22' : '#0b66d814'}}
.ladder a:focus-visible{outline:2px solid ${ink.info}}
.ladder a:target rect:first-of-type{fill:${theme.name === 'dark' ? '#f0b04a22' : '#9a5b001a'}}
.messages{flex:1 1 360px;min-width:320px;overflow:auto;border-left:1px solid ${line};padding:8px 12px 60vh}
article{border:1px solid ${line};border-radius:7px;margin:0 0 8px;padding:8px 10px;background:${panel};scroll-margin-top:8px}
.many article{content-visibility:auto;contain-intrinsic-size:auto 300px}
article:target{border-color:${ink.info};box-shadow:inset 3px 0 ${ink.info}}
h2{font-size:13px;margin:0}
h2 a{color:inherit;text-decoration:none}
h2 a:hover,h2 a:focus-visible{text-decoration:underline}
h2 span,article p{color:${ink.muted};font-weight:400}
article p{margin:2px 0 6px;font-size:12px;overflow-wrap:anywhere}
pre{margin:0;font:12px/1.45 ${MONO};font-variant-ligatures:none;white-space:pre-wrap;overflow-wrap:anywhere;unicode-bidi:plaintext}
@media (max-width:${width + 20 + 320}px){main{flex-direction:column}.ladder{flex:3 1 0;min-height:0}.messages{flex:2 1 0;min-height:0;padding-bottom:8px;border-left:0;border-top:1px solid ${line}}}
@media (max-width:900px){body{height:auto}main{display:block}.messages{border:0;padding-bottom:20px}}
@media print{body{height:auto}main{display:block}.ladder,.messages{overflow:visible;border:0}}
`;
}

/** The same for facts that open below their title. */
export function factStyle({ ink }: Theme): string {
  return `details{margin:4px 0 0;font-size:12px}\nsummary{color:${ink.muted}}\n`;
}
