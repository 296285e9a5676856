import { styleSheet } from '../house/styles.ts';

/** Additions to the house style, under the same restriction on characters. */
const rules = `
[hidden]{display:none!important}
fieldset:focus{outline:0}
.away{position:absolute;left:-99rem;width:1px;height:1px;overflow:hidden}
.link{background:0;border:0;color:var(--act);padding:.6rem 0;min-height:2.75rem;text-decoration:underline;font-weight:400}
.sure{margin-bottom:1rem}
.sure .tile,.wrong .tile{margin-bottom:.25rem}
.urgent{border:.25rem solid var(--bad);padding:.75rem 1rem;margin:0 0 1.5rem}
.urgent p,.urgent h1{margin:.25rem 0}
.urgent a{display:inline-block;padding:.6rem 1.4rem;margin:.5rem 0;border-radius:.4rem;background:var(--bad);color:var(--bg);font-weight:700}
.step .urgent{display:none}
.step:has([name=signs][value=yes]:checked) .urgent{display:block}
.stepped .part{display:none}
.stepped section{border:0;margin:0;padding:0}
.stepped .step{min-height:12rem}
.stepped fieldset:not(:has([value=better]:checked))+.percent:not(.wrong){display:none}
.progress{display:flex;flex-wrap:wrap;gap:.25rem 1rem;align-items:center;margin:.5rem 0}
.progress span{font-weight:700}
progress{flex:1;min-width:6rem;height:.75rem;accent-color:var(--act)}
.nav{display:flex;flex-wrap:wrap;gap:.75rem;margin:1rem 0}
.nav button{flex:1}
.plain{background:var(--bg);color:var(--act)}
dt{font-weight:700;margin-top:.75rem}
dd{margin:0}
.kept{min-height:1.5em;margin:0}
`;

/** The complete style sheet of the patient pages. */
export const pageStyles = styleSheet + rules.replaceAll('\n', '');
