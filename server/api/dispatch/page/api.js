// The OpenAPI document as a page: every operation with what it takes and gives, its errors and examples.

const make = (name, text = "", children = []) => {
  const element = document.createElement(name);
  element.textContent = text;
  element.append(...children);
  return element;
};

// Text with `words` in backquotes as code.
const prose = (text) => make("p", "", text.split("`").map((part, index) => (index % 2 ? make("code", part) : part)));

// "one of a, b or null", "list of object", "text, 1 to 200".
function typeOf(schema) {
  const types = [schema.type ?? "anything"].flat();
  const plain = types.filter((type) => type !== "null");
  let words = plain.join(" or ");
  if (schema.enum) words = `one of ${schema.enum.filter((word) => word !== null).join(", ")}`;
  if (schema.format) words += ` (${schema.format})`;
  if (schema.items) words = `list of ${typeOf(schema.items)}`;
  if (schema.additionalProperties?.type) words = `map of ${typeOf(schema.additionalProperties)}`;
  const least = schema.minLength ?? schema.minimum ?? schema.minItems ?? schema.minProperties;
  const most = schema.maxLength ?? schema.maximum ?? schema.maxItems ?? schema.maxProperties;
  if (least !== undefined && most !== undefined) words += `, ${least} to ${most}`;
  return types.includes("null") ? `${words}, or null` : words;
}

function rowsOf(schema, path = "") {
  const rows = [];
  for (const [name, member] of Object.entries(schema.properties ?? {})) {
    const own = path + name;
    const isRequired = (schema.required ?? []).includes(name);
    rows.push(make("tr", "", [make("td", own), make("td", typeOf(member) + (isRequired ? "" : "; may be left out")),
      make("td", member.description ?? "")]));
    rows.push(...rowsOf(member, `${own}.`), ...rowsOf(member.items ?? {}, `${own}[].`),
      ...rowsOf(member.additionalProperties || {}, `${own}{}.`));
  }
  return rows;
}

function members(title, schema) {
  const rows = rowsOf(schema);
  const head = make("tr", "", [make("th", "Member"), make("th", "Type"), make("th", "What it is")]);
  return [make("h3", title), rows.length ? make("table", "", [head, ...rows]) : make("p", "Nothing.")];
}

function example(shown, parameters) {
  const lines = parameters === undefined ? [] : [make("pre", JSON.stringify(parameters, null, 2))];
  return make("details", "", [make("summary", shown.summary ?? ""), ...lines,
    make("pre", JSON.stringify(shown.value, null, 2))]);
}

function responses(operation, sent) {
  const parts = [];
  for (const [status, response] of Object.entries(operation.responses)) {
    const content = response.content?.["application/json"];
    if (status === "200") parts.push(...members("Gives", content?.schema ?? {}));
    else parts.push(make("h3", `${status}: ${response.description}`));
    for (const [name, shown] of Object.entries(content?.examples ?? {}))
      parts.push(example(shown, shown["x-parameters"] ?? sent[name]?.value));
  }
  return parts;
}

function describe(title, operation) {
  const content = operation.requestBody?.content?.["application/json"] ?? {};
  const section = make("section", "", [make("h2", title), prose(operation.description ?? ""),
    ...members("Takes", content.schema ?? {}), ...responses(operation, content.examples ?? {})]);
  section.id = operation.operationId;
  return section;
}

function link(operation) {
  const anchor = make("a", operation.operationId);
  anchor.href = `#${operation.operationId}`;
  return anchor;
}

function show(api) {
  const index = document.getElementById("index");
  const main = document.getElementById("document");
  main.replaceChildren(prose(api.info.description));
  const all = [...Object.entries(api.paths).map(([path, item]) => [`POST /api/v1${path}`, item.post]),
    ...Object.entries(api.webhooks).map(([topic, item]) => [`notification ${topic}`, item.post])];
  let noun = "";
  for (const [title, operation] of all) {
    const own = operation.operationId.split(".")[0];
    if (own !== noun) index.append(make("strong", own));
    noun = own;
    index.append(link(operation));
    main.append(describe(title, operation));
  }
  if (location.hash) document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
}

function search(words) {
  for (const section of document.querySelectorAll("main section"))
    section.hidden = !section.textContent.toLowerCase().includes(words);
  for (const anchor of document.querySelectorAll("nav a"))
    anchor.hidden = document.getElementById(anchor.textContent)?.hidden ?? false;
}

document.getElementById("search").addEventListener("input", (event) => search(event.target.value.trim().toLowerCase()));
try {
  const answer = await fetch("/api/v1");
  if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
  show(await answer.json());
} catch (error) {
  document.getElementById("document").replaceChildren(make("p", `The document could not be loaded: ${error.message}`));
}
