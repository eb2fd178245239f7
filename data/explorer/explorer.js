// The explorer. It reads /openapi.json and speaks to the server that it came from; the key that is typed in stays in
// this page and is neither stored nor shown.
"use strict";

const WORDS = {
  zh: {
    other: "English", skip: "跳到内容", key: "接口密钥（anl_test_…）", house: "账套（可选）", at: "沙盒时钟（可选，如 2026-03-01T09:00:00+08:00）",
    kept: "密钥只留在本页内存中，刷新即失。以 anl_test_ 开头的密钥只能用于沙盒账套。",
    find: "查找操作", none: "没有匹配的操作。", choose: "从列表中选择一个操作。", back: "← 全部操作", must: "必填",
    roles: "可执行的角色：", anyone: "只读；能看到什么由账号的角色决定。", fields: "参数", nothing: "没有参数。",
    lines: "每行一个", file: "文件内容、文件，或随程序附带的样例如 @demo/enterprise.toml", chosen: "选择文件",
    go: "发送", sending: "正在发送…", again: "用同一个键重发", request: "请求（curl）", copy: "复制", copied: "已复制",
    reply: "答复", took: "毫秒", download: "下载", schema: "答复的结构", failed: "没有收到答复：",
    real: "这把密钥不是沙盒密钥（anl_test_）。这个操作会写入真实账套，不能撤销。", sure: "我明白，要写入这个账套",
    refused: "未发送：写入非沙盒账套须先勾选确认。", loading: "正在读取接口描述…",
  },
  en: {
    other: "中文", skip: "Skip to the content", key: "API key (anl_test_…)", house: "House (optional)", at: "Clock of a sandbox (optional; 2026-03-01T09:00:00+08:00)",
    kept: "The key stays in the memory of this page and is gone when it is loaded again. A key that begins with anl_test_ works in sandbox houses only.",
    find: "Find an operation", none: "No operation fits.", choose: "Choose an operation from the list.", back: "← All operations", must: "needed",
    roles: "Roles that may: ", anyone: "Reads only; what it shows depends on the roles of the account.", fields: "Parameters", nothing: "No parameters.",
    lines: "one a line", file: "text of the file, a file, or a sample that ships, as @demo/enterprise.toml", chosen: "Choose a file",
    go: "Send", sending: "Sending…", again: "Send again under the same key", request: "Request (curl)", copy: "Copy", copied: "Copied",
    reply: "Reply", took: "ms", download: "Download", schema: "Shape of the reply", failed: "No reply came: ",
    real: "This is no key of a sandbox (anl_test_). The operation writes into a real house and cannot be undone.", sure: "I know; write into this house",
    refused: "Not sent: to write into a house that is no sandbox, tick the box first.", loading: "Reading the description…",
  },
};
const GROUPS = {
  accumulation: "累积", actor: "人员", aggregate: "年度总损失", assess: "评估", assessment: "评估答卷", calendar: "日历", capital: "资本",
  charge: "费用", claim: "理赔", compare: "比较", document: "资料", drill: "演练", enterprise: "企业", filing: "备案", incident: "事故",
  instrument: "政策工具", journal: "日志", ledger: "总账", model: "模型", month: "月结", observe: "运行证据", order: "订购",
  package: "套餐", personal: "个人信息", plan: "预案", policy: "保单", premium: "保费", print: "打印", product: "产品", questions: "问卷",
  quote: "报价", report: "报告", risk: "风险", rules: "核保规则", sale: "销售过程", settle: "理算", subjectivity: "承保条件",
  submission: "询价", subsidy: "补贴", verify: "验真", wording: "条款",
};
const ROLES = {
  auditor: "审计", broker: "经纪人", claims_handler: "理赔人", claims_manager: "理赔主管", finance: "财务", operator: "管理员",
  policyholder: "投保人", security_vendor: "安全厂商", subsidy_officer: "补贴审批人", underwriter: "核保人",
};
const state = { lang: "zh", description: null, token: "", house: "", at: "", find: "", open: "", sent: null };
const by = (id) => document.getElementById(id);
const say = (key) => WORDS[state.lang][key];

function element(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== undefined) node.setAttribute(name, value);
  }
  for (const child of children.flat()) {
    if (child !== null && child !== undefined) node.append(child);
  }
  return node;
}

// "中文 / English": the half of the language.
function half(text) {
  const at = (text || "").indexOf(" / ");
  if (at < 0) return text || "";
  return state.lang === "zh" ? text.slice(0, at) : text.slice(at + 3);
}

function resolved(node) {
  let found = node;
  while (found && found.$ref) found = found.$ref.slice(2).split("/").reduce((at, key) => at && at[key], state.description);
  return found || {};
}

function operations() {
  const all = [];
  for (const [path, methods] of Object.entries(state.description.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      if (operation.operationId) all.push({ path, method: method.toUpperCase(), ...operation });
    }
  }
  return all.sort((a, b) => a.operationId.localeCompare(b.operationId));
}

const title = (operation) => half(state.lang === "zh" ? operation.description : operation.summary) || operation.operationId;
const tag = (operation) => (operation.tags || ["other"])[0];
const groupName = (name) => (state.lang === "zh" && GROUPS[name]) || name;
const writes = (operation) => operation.method !== "GET" && (operation["x-roles"] || []).length > 0;
// Without a key nothing is written; a test key works in sandboxes only.
const isSafe = () => state.token === "" || state.token.startsWith("anl_test_");

// What a form asks for: parameters of path, query and header, then what the body holds.
function fieldsOf(operation) {
  const fields = [];
  for (const given of operation.parameters || []) {
    const parameter = resolved(given);
    if (parameter.in === "header" && ["Anlan-House", "Anlan-At", "Idempotency-Key"].includes(parameter.name)) continue;
    fields.push({ name: parameter.name, place: parameter.in, required: parameter.required, schema: parameter.schema || {},
      text: parameter.description || (parameter.schema || {}).description });
  }
  const content = ((operation.requestBody || {}).content || {})["application/json"];
  const schema = content ? resolved(content.schema) : {};
  for (const [name, given] of Object.entries(schema.properties || {})) {
    fields.push({ name, place: "body", required: (schema.required || []).includes(name), schema: given, text: given.description });
  }
  return fields;
}

function isFile(schema) {
  return (schema.$ref || "").endsWith("/FileSent");
}

function control(field, id) {
  const schema = resolved(field.schema);
  if (isFile(field.schema)) {
    const text = element("textarea", { id, rows: "4", spellcheck: "false" });
    const pick = element("input", { type: "file", "aria-label": say("chosen"), onchange: () => { text.value = ""; refresh(); } });
    field.read = async () => {
      if (!pick.files.length) return text.value === "" ? undefined : text.value;
      const bytes = new Uint8Array(await pick.files[0].arrayBuffer());
      let binary = "";
      for (const byte of bytes) binary += String.fromCharCode(byte);
      return { name: pick.files[0].name, base64: btoa(binary) };
    };
    return [text, element("span", { class: "hint" }, say("file")), pick];
  }
  if (schema.type === "boolean") {
    const box = element("input", { id, type: "checkbox" });
    field.read = async () => (box.checked ? true : undefined);
    return [box];
  }
  if (Array.isArray(schema.enum)) {
    const choice = element("select", { id }, element("option", { value: "" }, ""), schema.enum.map((each) => element("option", {}, String(each))));
    field.read = async () => (choice.value === "" ? undefined : choice.value);
    return [choice];
  }
  const many = schema.type === "array";
  const number = schema.type === "integer";
  const box = many ? element("textarea", { id, rows: "2" }) : element("input", { id, type: number ? "number" : "text", autocomplete: "off" });
  field.read = async () => {
    if (box.value === "") return undefined;
    if (many) return box.value.split("\n").filter((line) => line !== "");
    return number ? Number(box.value) : box.value;
  };
  return many ? [box, element("span", { class: "hint" }, say("lines"))] : [box];
}

async function requestOf(operation, fields, key) {
  let path = operation.path;
  const query = new URLSearchParams();
  const headers = { "Accept-Language": state.lang };
  const body = {};
  for (const field of fields) {
    const value = await field.read();
    if (field.place === "path") path = path.replace(`{${field.name}}`, encodeURIComponent(value === undefined ? "" : value));
    else if (value === undefined) continue;
    else if (field.place === "query") [value].flat().forEach((each) => query.append(field.name, String(each)));
    else if (field.place === "header") headers[field.name] = String(value);
    else body[field.name] = value;
  }
  if (state.house) headers["Anlan-House"] = state.house;
  if (state.at) headers["Anlan-At"] = state.at;
  const request = { method: operation.method, path: path + (query.size ? `?${query}` : ""), headers, body: undefined };
  if (operation.method !== "GET") {
    headers["Content-Type"] = "application/json";
    headers["Idempotency-Key"] = key;
    request.body = JSON.stringify(body);
  }
  return request;
}

const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

// The key stands for itself: a line that is copied holds no secret.
function curlOf(request) {
  const lines = [`curl -X ${request.method} ${quoted(location.origin + request.path)}`, '  -H "Authorization: Bearer $ANLAN_API_KEY"'];
  for (const [name, value] of Object.entries(request.headers)) lines.push(`  -H ${quoted(`${name}: ${value}`)}`);
  if (request.body !== undefined) {
    const long = request.body.length > 4000;
    lines.push(long ? "  --data @request.json" : `  --data ${quoted(request.body)}`);
  }
  return lines.join(" \\\n");
}

function freshKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

let refresh = () => {};

function filesOf(reply) {
  if (!reply || !Array.isArray(reply.files)) return [];
  return reply.files.filter((file) => typeof file.base64 === "string").map((file) => {
    const bytes = Uint8Array.from(atob(file.base64), (letter) => letter.charCodeAt(0));
    return element("p", {}, element("a", { href: URL.createObjectURL(new Blob([bytes])), download: file.name }, `${say("download")} ${file.name}`));
  });
}

async function send(request, into) {
  const begun = performance.now();
  into.replaceChildren(element("p", { class: "quiet" }, say("sending")));
  try {
    const reply = await fetch(request.path, { method: request.method, body: request.body, credentials: "omit", cache: "no-store",
      headers: state.token ? { ...request.headers, Authorization: `Bearer ${state.token}` } : request.headers });
    const text = await reply.text();
    let shown = text;
    let tree = null;
    try {
      tree = JSON.parse(text);
      shown = JSON.stringify(tree, null, 2);
    } catch (fault) {
      shown = text;
    }
    const error = tree && tree.error;
    into.replaceChildren(element("p", {}, element("span", { class: reply.ok ? "good" : "bad" }, `${reply.status} `),
      `${Math.round(performance.now() - begun)} ${say("took")}`, error ? ` · ${error[state.lang] || error.rule}` : ""),
    ...filesOf(tree), element("pre", { tabindex: "0" }, shown));
  } catch (fault) {
    into.replaceChildren(element("p", { class: "bad" }, say("failed") + fault.message));
  }
}

function confirmation() {
  const box = element("input", { type: "checkbox", id: "sure" });
  const note = element("div", { class: "note" }, element("p", {}, say("real")), element("label", { for: "sure" }, box, say("sure")));
  return { note, agreed: () => box.checked };
}

function replySchema(operation) {
  const done = Object.entries(operation.responses || {}).find(([status]) => status.startsWith("2"));
  const schema = done && ((resolved(done[1]).content || {})["application/json"] || {}).schema;
  if (!schema) return null;
  return element("details", {}, element("summary", {}, say("schema")), element("pre", { tabindex: "0" }, JSON.stringify(resolved(schema), null, 2)));
}

function formOf(operation, fields, reply) {
  const curl = element("pre", { tabindex: "0" });
  const sure = confirmation();
  let key = freshKey();
  refresh = async () => {
    curl.textContent = curlOf(await requestOf(operation, fields, key));
    sure.note.hidden = !writes(operation) || isSafe();
  };
  const submit = async (renewed) => {
    if (renewed) key = freshKey();
    await refresh();
    if (writes(operation) && !isSafe() && !sure.agreed()) {
      reply.replaceChildren(element("p", { class: "bad" }, say("refused")));
      return;
    }
    await send(await requestOf(operation, fields, key), reply);
    again.hidden = operation.method === "GET";
  };
  const again = element("button", { type: "button", hidden: true, onclick: () => submit(false) }, say("again"));
  const copy = element("button", { type: "button", onclick: async () => {
    await navigator.clipboard.writeText(curl.textContent);
    copy.textContent = say("copied");
  } }, say("copy"));
  const rows = fields.map((field, at) => {
    const id = `field-${at}`;
    const parts = control(field, id);
    return element("div", {}, element("label", { for: id }, element("span", { class: "name" }, field.name), " ", half(field.text),
      field.required ? element("span", { class: "must" }, ` ${say("must")}`) : null), ...parts);
  });
  const form = element("form", { oninput: () => refresh(), onsubmit: (event) => { event.preventDefault(); submit(true); } },
    element("h3", {}, say("fields")), rows.length ? element("div", { class: "fields" }, rows) : element("p", { class: "quiet" }, say("nothing")),
    sure.note, element("div", { class: "buttons" }, element("button", { class: "go" }, say("go")), again),
    element("h3", {}, say("request")), curl, navigator.clipboard ? element("div", { class: "buttons" }, copy) : null);
  refresh();
  return form;
}

function showDetail() {
  const operation = operations().find((each) => each.operationId === state.open);
  document.body.classList.toggle("one", Boolean(operation));
  refresh = () => {};
  if (!operation) {
    by("detail").replaceChildren(element("p", { class: "quiet" }, say("choose")));
    return;
  }
  const roles = operation["x-roles"] || [];
  const reply = element("div", { "aria-live": "polite" });
  by("detail").replaceChildren(element("a", { class: "back", href: "#" }, say("back")), element("h2", {}, title(operation)),
    element("p", { class: "path" }, element("span", { class: `method ${operation.method}` }, operation.method), operation.path),
    element("p", { class: "quiet" }, roles.length ? say("roles") + roles.map((role) => (state.lang === "zh" && ROLES[role]) || role).join(state.lang === "zh" ? "、" : ", ") : say("anyone")),
    formOf(operation, fieldsOf(operation), reply), element("h3", {}, say("reply")), reply, replySchema(operation));
}

function showList() {
  const wanted = state.find.trim().toLowerCase();
  const groups = new Map();
  for (const operation of operations()) {
    const text = [operation.operationId, operation.path, operation.summary, operation.description, GROUPS[tag(operation)] || ""].join(" ").toLowerCase();
    if (wanted && !wanted.split(/\s+/).every((word) => text.includes(word))) continue;
    groups.set(tag(operation), [...(groups.get(tag(operation)) || []), operation]);
  }
  const list = by("list");
  list.replaceChildren(...Array.from(groups, ([name, rows]) => element("details", { open: wanted !== "" || rows.some((each) => each.operationId === state.open) },
    element("summary", {}, groupName(name), " ", element("span", { class: "count" }, String(rows.length))),
    element("ul", {}, rows.map((each) => element("li", {}, element("a", { href: `#${each.operationId}`, "aria-current": each.operationId === state.open && "page" },
      element("span", { class: `method ${each.method}` }, each.method), each.operationId.replaceAll("_", " "), element("span", { class: "words" }, title(each)))))))));
  if (!groups.size) list.append(element("p", { class: "quiet" }, say("none")));
}

function textField(id, label, key, attributes) {
  const input = element("input", { id, value: state[key], autocomplete: "off", spellcheck: "false", ...attributes,
    oninput: (event) => { state[key] = event.target.value.trim(); refresh(); } });
  return element("div", {}, element("label", { for: id }, label), input);
}

function showAll() {
  document.documentElement.lang = state.lang === "zh" ? "zh-CN" : "en";
  by("language").textContent = say("other");
  by("skip").textContent = say("skip");
  by("who").replaceChildren(element("div", { class: "fields" },
    textField("token", say("key"), "token", { type: "password" }),
    textField("house", say("house"), "house", {}), textField("at", say("at"), "at", {})),
  element("p", {}, say("kept")));
  const find = element("input", { type: "search", id: "find", value: state.find,
    oninput: (event) => { state.find = event.target.value; showList(); } });
  by("operations").replaceChildren(element("label", { for: "find" }, say("find")), find, element("div", { id: "list" }));
  if (!state.description) {
    by("list").append(element("p", { class: "quiet" }, say("loading")));
    return;
  }
  by("version").textContent = `${state.description.info.version} · OpenAPI ${state.description.openapi}`;
  showList();
  showDetail();
}

function follow() {
  state.open = decodeURIComponent(location.hash.slice(1));
  if (!state.description) return;
  showList();
  showDetail();
  if (state.open) by("detail").focus({ preventScroll: true });
  window.scrollTo(0, 0);
}

async function start() {
  const asked = new URLSearchParams(location.search).get("lang") || navigator.language || "zh";
  state.lang = asked.startsWith("en") ? "en" : "zh";
  state.open = decodeURIComponent(location.hash.slice(1));
  by("language").addEventListener("click", () => {
    state.lang = state.lang === "zh" ? "en" : "zh";
    history.replaceState(null, "", `?lang=${state.lang}${location.hash}`);
    showAll();
  });
  window.addEventListener("hashchange", follow);
  showAll();
  try {
    const reply = await fetch("/openapi.json", { credentials: "omit" });
    state.description = await reply.json();
    showAll();
  } catch (fault) {
    by("list").replaceChildren(element("p", { class: "bad" }, say("failed") + fault.message));
  }
}

start();
