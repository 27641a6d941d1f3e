/** The style sheet of the page: on screen a sheet of paper, printed on A4. */
export const STYLE = `
@page { size: A4; margin: 16mm 13mm 18mm; @bottom-center { content: counter(page) " / " counter(pages); font: 8pt "Liberation Sans", Arial, sans-serif; color: #5b6b7b; } }
@page :first { @bottom-center { content: none; } }
:root { color: #1b2733; background: #fff; font: 10pt/1.4 system-ui, "Liberation Sans", Arial, sans-serif; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
body { max-width: 184mm; margin: 0 auto; padding: 0 4mm; }
h1 { font-size: 26pt; line-height: 1.15; margin: 0 0 4mm; color: #0b3d6b; }
h2 { font-size: 17pt; margin: 0 0 5mm; padding-bottom: 1.5mm; border-bottom: 2px solid #0b5394; color: #0b3d6b; }
h3 { font-size: 11pt; margin: 0 0 2mm; }
abbr { text-decoration: none; }
a { color: #0b5394; text-decoration: none; }
a:hover, a:focus-visible { text-decoration: underline; }
.cover { border-left: 5px solid #0b5394; padding-left: 7mm; margin: 30mm 0 14mm; }
.cover .subtitle { font-size: 14pt; margin: 0 0 10mm; color: #3c4b5a; }
.cover .state, .cover .lead { margin: 0 0 1.5mm; }
.cover .lead { color: #3c4b5a; margin-top: 6mm; }
.contents { break-before: page; }
.contents > ol { columns: 2; column-gap: 9mm; margin: 0; padding: 0; list-style: none; font-size: 8.6pt; }
.contents > ol > li { margin-bottom: 3mm; }
.contents > ol > li > a { font-weight: bold; font-size: 9.6pt; }
.contents ul { margin: 0.5mm 0 0; padding: 0; list-style: none; }
.contents li li { break-inside: avoid; padding-left: 4mm; text-indent: -4mm; }
section { margin-top: 9mm; }
nav + section { break-before: page; margin-top: 0; }
.item { margin: 0 0 6mm; break-inside: avoid; }
.item.long { break-inside: auto; }
h2, h3 { break-after: avoid; }
.item + .item.text { break-before: avoid; }
.item svg { display: block; width: 100%; height: auto; }
table { border-collapse: collapse; width: 100%; font-size: 8pt; line-height: 1.25; font-variant-numeric: tabular-nums; }
thead { display: table-header-group; }
tr, .note, .sources { break-inside: avoid; }
th, td { padding: 1mm 1.1mm; text-align: right; vertical-align: bottom; border-bottom: 0.5px solid #d5dce3; font-weight: normal; }
th:first-child, .word { text-align: left; }
th:first-child { min-width: 24mm; }
thead th { font-weight: bold; background: #e6ecf2; border-bottom: 1px solid #0b5394; }
tr.subtotal > * { background: #f3f6f9; font-weight: bold; }
tr.total > * { font-weight: bold; border-top: 1px solid #1b2733; border-bottom: 1px solid #1b2733; }
table.turned { table-layout: fixed; }
table.turned th:first-child { width: 27%; }
table.turned thead th { white-space: nowrap; }
.total-column { font-weight: bold; }
.zero { color: #5b6b7b; }
.told { margin: 0; display: grid; grid-template-columns: 56mm 1fr; gap: 1mm 4mm; font-size: 9pt; }
.told dt { font-weight: bold; }
.told dd { margin: 0; }
.told span { display: inline-block; margin-right: 5mm; }
.told b { font-variant-numeric: tabular-nums; }
.note { margin: 2mm 0 0; padding: 1.5mm 3mm; background: #fff6e0; border-left: 3px solid #e69f00; font-size: 8.5pt; }
.note p { margin: 0; }
.note table { width: auto; margin-top: 1mm; font-size: 8pt; }
.note thead th { background: none; border-bottom-color: #e69f00; }
.sources { margin: 1.5mm 0 0; font-size: 7.5pt; color: #5b6b7b; }
.sources a { margin-right: 3mm; }
.made { margin: 0; display: grid; grid-template-columns: 48mm 1fr; gap: 1.5mm 4mm; }
.made > * { break-inside: avoid; }
.made dt { font-weight: bold; }
.made dd { margin: 0; }
code { font: 8.5pt/1.4 ui-monospace, "Liberation Mono", monospace; overflow-wrap: anywhere; }
.warning { padding: 2mm 3mm; background: #fff6e0; border-left: 3px solid #e69f00; }
@media screen { body { margin: 8mm auto; } section { margin-top: 14mm; } .item { overflow-x: auto; } }
@media screen and (max-width: 640px) { .contents > ol { columns: 1; } .told, .made { grid-template-columns: 1fr; } .cover { margin-top: 8mm; } }
`;
