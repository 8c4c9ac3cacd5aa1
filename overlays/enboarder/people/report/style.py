"""How the page of a run looks: on a desktop, on a phone, and printed."""

STYLE = """
:root {
  color-scheme: light;
  --ink: #1b2330;
  --soft: #55606f;
  --line: #d9dee5;
  --paper: #ffffff;
  --shade: #f4f6f8;
  --good: #17663a;
  --bad: #a32222;
  --unknown: #8a5200;
  --bar: #3467b8;
}
* { box-sizing: border-box; }
body {
  margin: 0 auto;
  max-width: 60rem;
  padding: 1.5rem 1.25rem 3rem;
  background: var(--paper);
  color: var(--ink);
  font: 1rem/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
h1 { margin: 0; font-size: 1.6rem; line-height: 1.25; overflow-wrap: anywhere; }
h2 { margin: 2.25rem 0 0.5rem; font-size: 1.2rem; }
p { margin: 0.5rem 0; }
.soft { color: var(--soft); }
.tiles {
  display: flex;
  flex-wrap: wrap;
  gap: 0.75rem;
  margin: 1.25rem 0 0;
  padding: 0;
  list-style: none;
}
.tiles li {
  min-width: 7.5rem;
  padding: 0.6rem 0.9rem;
  border: 1px solid var(--line);
  border-left: 0.3rem solid var(--soft);
  border-radius: 0.3rem;
  background: var(--shade);
}
.tiles b { display: block; font-size: 1.6rem; line-height: 1.2; }
.tiles .good { border-left-color: var(--good); }
.tiles .bad { border-left-color: var(--bad); }
.tiles .unknown { border-left-color: var(--unknown); }
.stopped {
  margin: 1.25rem 0 0;
  padding: 0.75rem 1rem;
  border: 1px solid var(--bad);
  border-left-width: 0.3rem;
  border-radius: 0.3rem;
}
table { width: 100%; border-collapse: collapse; font-size: 0.95rem; }
th, td {
  padding: 0.5rem 0.75rem 0.5rem 0;
  border-bottom: 1px solid var(--line);
  text-align: left;
  vertical-align: top;
  overflow-wrap: anywhere;
}
th { color: var(--soft); font-weight: 600; white-space: nowrap; }
td.short { white-space: nowrap; }
.chart { display: block; max-width: 40rem; }
.chart text { fill: var(--ink); font-size: 14px; }
.chart rect { fill: var(--bar); }
.pair { display: flex; flex-wrap: wrap; gap: 0 3rem; }
.pair section { flex: 1 1 16rem; }
.pair td:last-child, .pair th:last-child { text-align: right; padding-right: 0; }
@media (max-width: 40rem) {
  body { padding: 1rem 1rem 2rem; }
  .tiles li { flex: 1 1 40%; }
  .rows thead { display: none; }
  .rows tr { display: block; padding: 0.6rem 0; border-bottom: 1px solid var(--line); }
  .rows td { display: block; padding: 0.1rem 0; border: 0; white-space: normal; }
  .rows td:empty { display: none; }
  .rows td::before {
    content: attr(data-name) ": ";
    color: var(--soft);
    font-weight: 600;
  }
}
@media print {
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  .tiles li, .chart rect {
    -webkit-print-color-adjust: exact;
    print-color-adjust: exact;
  }
  h2 { break-after: avoid; }
  tr, .tiles li, .stopped { break-inside: avoid; }
  thead { display: table-header-group; }
}
"""
