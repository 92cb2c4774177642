import { Html } from "./html";
import { buildDarkRules, COLOURS, DARK_COLOURS } from "./palette";

const VARIABLES = Object.entries(COLOURS);
const declare = (colourOf: (colour: string) => string) =>
  VARIABLES.map(([name, colour]) => `--${name}:${colourOf(colour)}`).join(";");

/** The style rules of the page. Wide drawings and tables replace narrow ones where there is room. */
export const STYLES = new Html(`
:root{${declare((colour) => colour)}}
@media (prefers-color-scheme:dark){:root{${declare((colour) => DARK_COLOURS[colour] ?? colour)}}}
${buildDarkRules()}
*{box-sizing:border-box}
html{scroll-behavior:smooth}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0 auto;padding:0 1rem 4rem;max-width:60rem;background:var(--page);color:var(--ink);
  font:16px/1.5 system-ui,-apple-system,"Segoe UI",Helvetica,Arial,sans-serif;overflow-wrap:anywhere}
h1{font-size:1.6rem;line-height:1.2;margin:2rem 0 1rem}
h2{font-size:1.3rem;margin:3rem 0 1rem;padding-bottom:.4rem;border-bottom:1px solid var(--line)}
h3{font-size:1.05rem;margin:2rem 0 .5rem}
h4{font-size:.95rem;font-weight:600;margin:1.4rem 0 .3rem}
p{margin:0 0 .5rem}
a{color:var(--client)}
code{font:.875em ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
:focus-visible{outline:3px solid var(--client);outline-offset:2px;border-radius:2px}
main:focus{outline:none}
.skip{position:absolute;left:1rem;top:-4rem;padding:.5rem 1rem;background:var(--page);border:1px solid var(--client)}
.skip:focus{top:.5rem;z-index:2}
.muted{color:var(--muted);font-weight:400}
.verdict{display:flex;gap:1rem;align-items:flex-start;padding:1rem;border:1px solid;border-left-width:6px;border-radius:8px}
.verdict.good{border-color:var(--server);background:var(--serverBox)}
.verdict.bad{border-color:var(--failure);background:var(--failureBox)}
.verdict .mark{font-size:2rem;line-height:1;margin:0;font-weight:700}
.verdict ul{margin:0;padding-left:1.2rem}
.verdict p:last-child{margin:0}
.good .mark,.passed .mark{color:var(--server)}
.bad .mark,.failed .mark,p.bad{color:var(--failure)}
.answer{font-size:1.15rem;font-weight:600}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:.75rem;margin:1rem 0 0}
.figures div{padding:.75rem;border:1px solid var(--line);border-radius:8px;background:var(--shade)}
.figures dt{font-size:.85rem;color:var(--muted)}
.figures dd{margin:0;font-size:1.15rem;font-weight:600}
.figures dd .muted{display:block;font-size:.8rem}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;margin:1.5rem 0 0;padding:0}
nav a{display:inline-block;padding:.25rem 0}
figure{margin:1rem 0}
figure svg{display:block;max-width:100%;height:auto;margin:0 auto}
figcaption{font-size:.85rem;color:var(--muted);margin-top:.5rem}
svg.wide,.wide-only{display:none}
details{margin:.5rem 0 1.5rem}
summary{cursor:pointer;color:var(--client);padding:.25rem 0}
table{border-collapse:collapse;width:100%;font-size:.875rem;margin:.5rem 0 1rem}
caption{text-align:left;font-weight:600;padding-bottom:.4rem}
th{text-align:left;font-weight:600;vertical-align:top}
td{vertical-align:top}
ul.checks{list-style:none;margin:0;padding:0}
.check{display:grid;grid-template-columns:1.5rem 1fr;column-gap:.25rem;padding:.45rem 0;border-top:1px solid var(--line);scroll-margin:1rem}
.check p{margin:0}
.check .title{color:var(--muted)}
.check .title::after{content:":"}
.check .time{grid-column:2;font-size:.8rem}
.check.failed{background:var(--failureBox)}
.check.failed .seen{color:var(--failure);font-weight:600}
.check:target{outline:2px solid var(--client)}
@media (max-width:47.99rem){
  thead{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}
  tbody,tr,th[scope=row],td,caption{display:block}
  table{display:block}
  tr{padding:.5rem 0;border-top:1px solid var(--line)}
  td{display:grid;grid-template-columns:8.5rem 1fr;gap:.5rem}
  td .label{color:var(--muted)}
}
@media (min-width:48rem){
  h1{font-size:2rem}
  svg.wide,.wide-only{display:block}
  svg.narrow{display:none}
  td .label{display:none}
  th,td{padding:.35rem .9rem .35rem 0;border-top:1px solid var(--line)}
  thead th{border-top:0;color:var(--muted)}
  .number{text-align:right;font-variant-numeric:tabular-nums;overflow-wrap:normal}
  .check{grid-template-columns:1.5rem 1fr auto;column-gap:.5rem}
  .check .time{grid-column:3;grid-row:1;text-align:right}
}
@media print{details{display:block}nav,.skip{display:none}}
`);
