/**
 * The style sheet shared by all pages. It is inline and allowed by its hash, so a page is a single request. It must not
 * contain `"`, `&` or `<`, which would be escaped. Borders carry every state, so forced colours lose nothing.
 */
const rules = `
:root{color-scheme:light dark;--fg:#1a1a1a;--bg:#fff;--soft:#eef4f8;--line:#5f6b75;--act:#0b5a8a;--on:#fff;--bad:#a3160f;--warn:#fff4d6}
@media (prefers-color-scheme:dark){:root{--fg:#f2f2f2;--bg:#14181b;--soft:#1f2a32;--line:#98a4ae;--act:#8cc8f0;--on:#0d1418;--bad:#ff9d94;--warn:#3a2f0c}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--fg);font:1.125rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
header,main,footer,aside{max-width:42rem;margin:0 auto;padding:.75rem 16px}
header{display:flex;flex-wrap:wrap;justify-content:space-between;align-items:center;gap:0 1rem}
header p{margin:0;font-weight:700}
aside{background:var(--warn);border-left:.4rem solid var(--line)}
aside p{margin:0}
footer{border-top:1px solid var(--line);margin-top:2rem}
h1{font-size:1.75rem;line-height:1.2;margin:.5rem 0 1rem}
h2{font-size:1.3rem;line-height:1.3;margin:0 0 .75rem}
a{color:var(--act)}
nav a,footer a,.errors a{display:inline-block;padding:.6rem 0;min-height:2.75rem}
summary{padding:.6rem 0;cursor:pointer}
section{border-top:1px solid var(--line);padding-top:1.5rem;margin-top:1.5rem}
.part{margin:0;font-size:1rem}
fieldset{border:0;margin:0 0 1.75rem;padding:0;min-width:0}
legend,.ask{padding:0;font-weight:700;display:block}
.hint{margin:.25rem 0 .5rem}
.row,.scale{display:grid;gap:.25rem;margin-top:.5rem}
.scale{grid-template-columns:repeat(auto-fit,minmax(2.75rem,1fr))}
.tile{display:flex;gap:.75rem;align-items:center;min-height:2.75rem;padding:.4rem .75rem;border:2px solid var(--line);border-radius:.4rem;cursor:pointer}
.scale .tile{flex-direction:column;gap:.1rem;padding:.4rem .1rem}
.tile:has(:checked){border-color:var(--act);background:var(--soft);box-shadow:inset 0 0 0 2px var(--act)}
.tile:focus-within,a:focus-visible,button:focus-visible,summary:focus-visible,input[type=text]:focus,.errors:focus{outline:3px solid var(--fg);outline-offset:2px}
input{accent-color:var(--act);font:inherit}
input[type=radio],input[type=checkbox]{width:1.4rem;height:1.4rem;margin:0;flex:none;outline:0}
input[type=text]{width:6rem;min-height:2.75rem;padding:.4rem .6rem;border:2px solid var(--line);border-radius:.4rem;background:var(--bg);color:var(--fg)}
.percent{margin-top:1.25rem}
fieldset:has([value=worse]:checked,[value=same]:checked)+.percent:not(.wrong):has(:placeholder-shown){display:none}
button{font:inherit;font-weight:700;min-height:3rem;padding:.6rem 1.4rem;border:2px solid var(--act);border-radius:.4rem;background:var(--act);color:var(--on);cursor:pointer}
.errors{border:.25rem solid var(--bad);padding:12px;margin-bottom:1.5rem}
.errors ul{margin:0;padding:0;list-style:none}
.wrong{border-left:.3rem solid var(--bad);padding-left:.75rem}
.error,.errors a{color:var(--bad);font-weight:700}
.error{margin:.25rem 0}
header .made-up{width:100%;text-align:center;background:var(--fg);color:var(--bg);padding:.5rem 16px}
@media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
`;

/** The shared style sheet, on one line. */
export const styleSheet = rules.replaceAll('\n', '');
