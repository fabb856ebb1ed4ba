/** Looks of the page, light or dark as the reader has it, and on paper. */
export const pageStyle = `
:root{color-scheme:light dark;--text:#1b1f24;--back:#fff;--line:#c4cad1;--soft:#f3f5f7;--alarm:#a40e26;--link:#0b57d0}
@media(prefers-color-scheme:dark){:root{--text:#e6e9ed;--back:#15181c;--line:#434a53;--soft:#20252b;--alarm:#ff9aa5;--link:#8ab4f8}}
*{box-sizing:border-box}
body{margin:0;background:var(--back);color:var(--text);font:16px/1.5 system-ui,"Hiragino Sans","Noto Sans JP",sans-serif}
main{max-width:100rem;margin:0 auto;padding:1rem}
h1{font-size:1.5rem;margin:0 0 .5rem}
p{margin:.2rem 0;overflow-wrap:anywhere}
form{display:flex;flex-wrap:wrap;gap:1rem;align-items:end;margin:1rem 0}
label{display:grid;gap:.2rem}
input,select,button{font:inherit;color:inherit;background:var(--soft);border:1px solid var(--line);border-radius:.3rem;padding:.3rem .5rem}
input{min-width:min(30rem,90vw)}
a{color:var(--link)}
:focus-visible{outline:3px solid var(--link);outline-offset:1px}
.scroll{overflow:auto;max-height:70vh;margin:.5rem 0 1rem;border:1px solid var(--line)}
#list{content-visibility:auto;contain-intrinsic-size:auto 40rem}
table{border-collapse:collapse}
caption{text-align:start;font-weight:700;padding:.3rem .5rem}
th,td{border:1px solid var(--line);padding:.25rem .5rem;text-align:start;vertical-align:top;overflow-wrap:anywhere}
th{font-weight:600;background:var(--soft)}
thead th{position:sticky;top:0}
.matrix tbody th{position:sticky;left:0;min-width:12rem}
.matrix thead th,.matrix td{white-space:nowrap}
.matrix td{text-align:center}
.list{width:100%}
.list th,.list td{min-width:7rem}
.changed{font-weight:700}
.administrator{color:var(--alarm);font-weight:700}
td button{min-width:2.5rem}
@media print{#list{content-visibility:visible}:root{color-scheme:light;--text:#000;--back:#fff;--line:#999;--soft:#f3f5f7;--alarm:#a40e26;--link:#000}body{font-size:9pt}main{padding:0;max-width:none}.scroll{max-height:none;overflow:visible;border:0}form,button:not(td button){display:none}td button{border:0;background:none;padding:0;min-width:0}thead th,.matrix tbody th{position:static}tr,caption{break-inside:avoid}table{margin-bottom:1rem}.list th,.list td{min-width:0}.sheet+.sheet{break-before:page}a{text-decoration:none}}
`;
