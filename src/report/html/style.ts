/** The page's only style sheet: light and dark, screen and paper. Contrast of every text is at least 4.5. */
export const STYLE = `
:root{color-scheme:light dark;--page:#fff;--panel:#f6f7f9;--line:#d5dae1;--text:#1b222c;--quiet:#4f5a69;--link:#0b5394;
--good:#0a5c36;--good-bg:#dff3e8;--warn:#744700;--warn-bg:#fff0d1;--bad:#8f1d1d;--bad-bg:#fde4e4;--none:#46505e;--none-bg:#e9edf2;
--critical:#8f1d1d;--high:#bb4d12;--medium:#94730a;--low:#2f6a9c;--info:#6b7685;--fade:.38;--mark:#ffe08a}
@media (prefers-color-scheme:dark){:root{--page:#12161c;--panel:#1a2029;--line:#333d4b;--text:#e6eaf0;--quiet:#a9b4c2;--link:#8cc4ff;
--good:#8ee0b4;--good-bg:#12382a;--warn:#f5cf86;--warn-bg:#3d2d0d;--bad:#ffb3ab;--bad-bg:#4a1b1b;--none:#c3ccd8;--none-bg:#2a323d;
--critical:#e5534b;--high:#e0823d;--medium:#d3b13b;--low:#5b9bd0;--info:#8e99a8;--fade:.45;--mark:#4d3c08}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--text);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
header,main,footer,nav{max-width:72rem;margin:0 auto;padding:0 1.5rem}
header{padding-top:2.5rem}
h1{font-size:1.9rem;line-height:1.2;margin:0 0 .25rem;letter-spacing:-.01em}
h2{font-size:1.35rem;margin:2.75rem 0 .75rem;padding-top:.9rem;border-top:1px solid var(--line)}
header h2{font-size:1.05rem;margin:1.5rem 0 .5rem;padding:0;border:0}
h3{font-size:1.05rem;margin:1.5rem 0 .5rem}
p{margin:.4rem 0;max-width:52rem}
a{color:var(--link)}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:1rem;background:var(--page);padding:.5rem 1rem}
:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:3px}
.quiet{color:var(--quiet)}.small{font-size:.875rem}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;margin:1.25rem 0 0;padding:.6rem 0;border-block:1px solid var(--line)}
.notice{border-left:4px solid var(--warn);background:var(--warn-bg);color:var(--warn);padding:.6rem 1rem;border-radius:0 4px 4px 0}
.scores{display:grid;grid-template-columns:repeat(auto-fit,minmax(15rem,1fr));gap:1rem;margin:.75rem 0}
.score{background:var(--panel);border:1px solid var(--line);border-radius:8px;padding:.9rem 1.1rem}
.score dt{font-weight:600}.score dd{margin:0}
.score .value{font-size:2rem;font-weight:650;line-height:1.2;font-variant-numeric:tabular-nums}
.score svg{display:block;width:100%;height:auto;margin:.35rem 0}
table{border-collapse:collapse;width:100%;font-size:.9375rem;margin:.5rem 0 1rem}
caption{text-align:left;color:var(--quiet);font-size:.875rem;padding:.25rem 0}
th,td{text-align:left;vertical-align:top;padding:.45rem .7rem;border-bottom:1px solid var(--line)}
thead th{font-size:.8125rem;color:var(--quiet);font-weight:600;border-bottom-width:2px;white-space:nowrap}
td.number,th.number{text-align:right;font-variant-numeric:tabular-nums}
.id{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.875em}
td .id,li .id,summary .id,p .id,dd .id{overflow-wrap:anywhere}
.nowrap{white-space:nowrap}
.badge{display:inline-block;padding:.05rem .55rem;border-radius:4px;font-size:.8125rem;font-weight:600;white-space:nowrap;color:var(--none);background:var(--none-bg)}
.good{color:var(--good);background:var(--good-bg)}.warn{color:var(--warn);background:var(--warn-bg)}.bad{color:var(--bad);background:var(--bad-bg)}
details{margin:.15rem 0}details>table:last-child{margin-bottom:.3rem}
summary{cursor:pointer}
.group{border:1px solid var(--line);border-radius:6px;margin:.5rem 0;content-visibility:auto;contain-intrinsic-size:auto 3rem}
.group>summary{padding:.55rem .9rem}.group[open]>summary{border-bottom:1px solid var(--line)}
.group>.inside{padding:.5rem .9rem .8rem}
pre{margin:.4rem 0;padding:.6rem .8rem;background:var(--panel);border:1px solid var(--line);border-radius:6px;font:.8125rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;white-space:pre-wrap;overflow-wrap:anywhere}
mark{background:var(--mark);color:inherit;padding:.05em 0}
.places{margin:.5rem 0;padding-left:1.2rem}.places>li{margin:.5rem 0}
.diff .add{color:var(--good)}.diff .del{color:var(--bad)}.diff .hunk{color:var(--quiet)}
.chart{max-width:44rem;display:block;width:100%;height:auto;margin:.5rem 0}
.chart text{fill:var(--text);font:13px system-ui,sans-serif}.chart .quiet-text{fill:var(--quiet)}
.track{fill:var(--none-bg)}.fill-good{fill:var(--good)}.fill-warn{fill:var(--high)}.fill-bad{fill:var(--bad)}.fill-none{fill:var(--line)}.fill-ready{fill:var(--medium)}.fill-attested{fill:var(--low)}
.fill-critical{fill:var(--critical)}.fill-high{fill:var(--high)}.fill-medium{fill:var(--medium)}.fill-low{fill:var(--low)}.fill-info{fill:var(--info)}
.checks{list-style:none;padding-left:.25rem}.checks>li{margin:.35rem 0;padding-left:1.5rem;text-indent:-1.5rem}.checks>li>*{text-indent:0}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.line{fill:none;stroke-width:2.5}.line-strict{stroke:var(--good)}.line-progress{stroke:var(--high);stroke-dasharray:6 4}.line-coverage{stroke:var(--low);stroke-dasharray:2 4}
.axis{stroke:var(--line)}
.before{opacity:var(--fade)}
.tick{stroke:var(--text);stroke-width:2}
footer{padding-block:2rem 3rem;color:var(--quiet);font-size:.875rem}
@media (max-width:40rem){header,main,footer,nav{padding-inline:1rem}th,td{padding-inline:.35rem;overflow-wrap:anywhere;hyphens:auto}.nowrap,thead th,.badge{white-space:normal}.nowrap{overflow-wrap:anywhere}table{font-size:.8125rem}td thead{display:none}td tr{display:block;border-bottom:1px solid var(--line);padding:.2rem 0}td td,td th{display:inline-block;border:0;padding:.1rem .5rem .1rem 0}}
@media print{:root{color-scheme:light;--page:#fff;--panel:#fff;--text:#000;--quiet:#333}body{font-size:10.5pt}nav,.skip{display:none}
h2,h3,summary{break-after:avoid}tr,pre,.score{break-inside:avoid}a{color:inherit;text-decoration:none}
details::details-content{content-visibility:visible;display:block;height:auto}.group{content-visibility:visible}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`
