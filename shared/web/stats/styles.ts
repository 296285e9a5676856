import { styleSheet } from '../house/styles.ts';
import { chartStyles } from './chart.tsx';

/** Additions to the house style, under the same restriction on characters. */
const rules = `
header,main{max-width:64rem}
main p,main pre,main dl,main ul{max-width:44rem}
.lead{font-size:1.25rem}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,24rem),1fr));gap:0 2.5rem;align-items:start}
.claim{break-inside:avoid}
.claim h3{font-size:1.3rem;line-height:1.35;margin:0 0 .5rem}
.claim p{margin:.5rem 0}
.note{font-size:1rem}
.warning{border-left:.4rem solid var(--bad);padding-left:.75rem;font-weight:700}
svg{--soft:#cfe3ef;display:block;width:100%;max-width:30rem;height:auto;margin:1rem 0}
@media (prefers-color-scheme:dark){svg{--soft:#2b4759}}
table{border-collapse:collapse;width:100%;font-size:1rem}
caption{text-align:left;font-weight:700;padding:.5rem 0}
th,td{text-align:left;vertical-align:top;padding:.4rem .5rem .4rem 0;border-bottom:1px solid var(--line);font-weight:400}
th{width:50%}
dt{font-weight:700;margin-top:1rem}
dd{margin:.25rem 0 0}
.quote{background:var(--soft);border-left:.4rem solid var(--line);padding:.75rem;white-space:pre-line;user-select:all}
pre{background:var(--soft);padding:.75rem;white-space:pre-wrap;overflow-wrap:anywhere;font-size:1rem}
main li a,main p>a:only-child{display:inline-block;padding:.4rem 0}
[hidden]{display:none}
@media print{header nav,button,.screen{display:none}details>summary{display:none}details::details-content{content-visibility:visible;height:auto}body{font-size:11pt}a{color:inherit}section{break-inside:auto}}
`;

const asOneLine = (text: string): string => text.replaceAll('\n', '');

/** The complete style sheet of the statistics page. */
export const statsStyleSheet = styleSheet + asOneLine(rules) + chartStyles;
