/** The console's style sheet. Its CSP allows no inline styles, so it is served as a file. */
export const consoleStyle = `
:root { color-scheme: light dark; --fg: #1a1f24; --bg: #fff; --soft: #f0f4f7; --line: #b9c3cb; --act: #0b5a8a; --on: #fff;
  --bad: #a3160f; --good: #1b6b3a; --warn: #fff4d6; }
@media (prefers-color-scheme: dark) { :root { --fg: #eef1f3; --bg: #14181b; --soft: #1e262c; --line: #4b5862; --act: #8cc8f0;
  --on: #0d1418; --bad: #ff9d94; --good: #86d6a3; --warn: #3a2f0c; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--bg); color: var(--fg); font: 1rem/1.5 system-ui, sans-serif; }
header, main, .bar > div, .about p { max-width: 76rem; margin: 0 auto; padding: 0 1rem; }
.about { background: var(--warn); border-bottom: 1px solid var(--line); }
.about p { padding-block: .4rem; }
header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 1.5rem; padding-block: .75rem; }
header strong { font-size: 1.25rem; }
nav { display: flex; flex-wrap: wrap; gap: 0 1.25rem; }
a { color: var(--act); }
nav a { padding: .4rem 0; }
.bar { background: var(--soft); border-block: 1px solid var(--line); position: sticky; top: 0; z-index: 1; }
.bar > div { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 1rem; padding-block: .6rem; }
.bar form { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; }
.bar p { margin: 0; flex-basis: 100%; }
main { padding-block: 1rem 4rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: .5rem 0 1rem; }
h2 { font-size: 1.2rem; margin: 0 0 .75rem; }
.columns { display: grid; gap: 1.5rem; grid-template-columns: minmax(17rem, 22rem) minmax(0, 1fr); align-items: start; }
@media (max-width: 56rem) { .columns { grid-template-columns: minmax(0, 1fr); } .bar { position: static; } }
.card { border: 1px solid var(--line); border-radius: .5rem; padding: 1rem; margin-bottom: 1.5rem; min-width: 0; }
.card > :last-child { margin-bottom: 0; }
.field { margin: 0 0 .8rem; }
.field label { display: block; font-weight: 600; }
.hint { margin: 0; font-size: .875rem; }
input, select, button { font: inherit; color: inherit; }
input, select { width: 100%; min-height: 2.5rem; padding: .3rem .6rem; border: 1px solid var(--fg); border-radius: .3rem;
  background: var(--bg); }
.bar input { width: 10rem; }
button { min-height: 2.5rem; padding: .3rem .9rem; border: 1px solid var(--act); border-radius: .3rem; background: var(--bg);
  color: var(--act); font-weight: 600; cursor: pointer; }
button.main { background: var(--act); color: var(--on); }
:focus-visible { outline: 3px solid var(--fg); outline-offset: 2px; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .45rem .75rem .45rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
thead th { font-size: .875rem; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
.tag { display: inline-block; padding: 0 .5rem; border: 1px solid var(--line); border-radius: 1rem; font-size: .875rem;
  white-space: nowrap; }
.tag.good { border-color: var(--good); color: var(--good); }
.tag.bad { border-color: var(--bad); color: var(--bad); }
.tag.busy { border-color: var(--act); color: var(--act); }
.notice, .problems { border-left: .35rem solid var(--good); background: var(--soft); padding: .6rem 1rem; margin: 0 0 1rem; }
.problems { border-color: var(--bad); }
.sentences li { margin-bottom: .4rem; }
.facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .25rem 1rem; margin: 0 0 1rem; }
.facts dt { font-weight: 600; }
.facts dd { margin: 0; overflow-wrap: anywhere; }
iframe { width: 100%; height: 42rem; border: 1px solid var(--line); background: #fff; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; margin: 0; }
details { margin-top: 1rem; }
summary { cursor: pointer; font-weight: 600; padding: .4rem 0; }
`;
