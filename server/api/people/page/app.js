// Signing in, fetching, the live channel and its reconnecting. Cards are drawn by inbox.js, words are in texts.js.
"use strict";

const byId = (id) => document.getElementById(id);
const state = {language: "en", items: null, live: null, pause: 1000, isOfflineProblem: false};
const outbox = []; // what was written and is not sent yet: {id, text, createdAt, after: the newest message before it}
const drawn = new WeakMap(); // card → what it shows

function t() {
  return TEXTS[state.language] ?? TEXTS.en;
}

function limit(input, most, least = 0) {
  input.maxLength = most;
  if (least) input.minLength = least;
}

function limitFields() {
  const enrol = byId("enrol-form").elements, signIn = byId("sign-in-form").elements;
  limit(enrol.code, LIMITS.EnrolmentCodeMost);
  limit(enrol.username, LIMITS.UserNameMost, LIMITS.UserNameLeast);
  limit(enrol.password, LIMITS.PasswordMost, LIMITS.ParticipantPasswordLeast);
  limit(signIn.username, LIMITS.UserNameMost);
  limit(signIn.password, LIMITS.PasswordMost);
  limit(byId("write-form").elements.text, LIMITS.WrittenCharactersMost);
}

function show(language) {
  state.language = TEXTS[language] ? language : "en";
  document.documentElement.lang = state.language;
  byId("language").value = state.language;
  for (const one of document.querySelectorAll("[data-text]")) one.textContent = t()[one.dataset.text];
  draw();
}

// `isOffline`: it is over as soon as the connection is back.
function complain(text, isOffline = false) {
  state.isOfflineProblem = Boolean(text) && isOffline;
  byId("problem").hidden = !text;
  byId("problem").textContent = text ? `${t().problem} ${text}` : "";
}

class Refused extends Error {
  constructor(status, code) {
    super(code);
    this.status = status;
  }
  // In the reader's language; the server's own words are for programs.
  get words() {
    return t().errors[this.message] ?? t().again;
  }
}

function complainOf(error) {
  if (error instanceof Refused) complain(error.words);
  else complain(t().notSent, true);
}

// One request; answers the JSON. Throws Refused with the code of the error, or a network error.
async function ask(path, body) {
  const options = body === undefined ? {} : {method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify(body)};
  const answer = await fetch(path, {...options, credentials: "same-origin", cache: "no-store"});
  const json = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refused(answer.status, json.error?.data?.code ?? "");
  return json;
}

async function act(path, body) {
  try {
    await ask(path, body);
    complain("");
    await refresh();
    return true;
  } catch (error) {
    complainOf(error);
    return false;
  }
}

// One that arrived although its answer was lost is not sent again.
function dropArrived() {
  const theirs = state.items.messages.filter((one) => one.direction === "from-participant");
  for (const one of [...outbox])
    if (theirs.some((message) => message.id > one.after && message.text === one.text)) outbox.splice(outbox.indexOf(one), 1);
}

function tryAgain() {
  clearTimeout(state.again);
  state.again = setTimeout(refresh, 3000);
}

// Sends what waits, in order; without a connection it goes on waiting, and is tried again until it is through.
async function deliver() {
  if (state.isDelivering || !outbox.length) return;
  state.isDelivering = true;
  let isAnySent = false;
  try {
    while (outbox.length) {
      const one = outbox[0];
      await ask("/inbox/write", {text: one.text});
      isAnySent = true;
      if (outbox.includes(one)) outbox.splice(outbox.indexOf(one), 1); // else it was seen to have arrived meanwhile
    }
    complain("");
  } catch (error) {
    const isLater = !(error instanceof Refused) || [429, 503, 504].includes(error.status);
    if (isLater) {
      byId("offline").hidden = error instanceof Refused;
      tryAgain();
    } else {
      const field = byId("write-form").elements.text;
      const refused = outbox.shift();
      if (!field.value) field.value = refused.text;
      complainOf(error);
    }
  }
  state.isDelivering = false;
  draw();
  if (isAnySent) await refresh();
}

async function write(event) {
  event.preventDefault();
  const field = event.target.elements.text;
  const text = field.value.trim();
  if (!text) return;
  const after = Math.max(0, ...(state.items?.messages ?? []).map((one) => one.id));
  outbox.push({id: `waiting-${Date.now()}-${outbox.length}`, text, createdAt: new Date().toISOString(), after});
  field.value = "";
  draw();
  await deliver();
}

async function refresh() {
  try {
    state.items = await ask("/inbox/items");
    byId("offline").hidden = true;
    if (state.isOfflineProblem) complain("");
    dropArrived();
    draw();
    deliver();
    return true;
  } catch (error) {
    if (error instanceof Refused && error.status === 401) {
      enter();
      return false;
    }
    byId("offline").hidden = false;
    if (outbox.length) tryAgain();
    return false;
  }
}

// Puts a card for each item into the container, newest state first; a card whose item shows the same stays as it is,
// with its focus and what was typed, and a screen reader hears only what is new.
function arrange(container, items, shown, make) {
  const known = new Map([...container.children].map((card) => [card.dataset.item, card]));
  const cards = items.map((item) => {
    const text = state.language + JSON.stringify(shown(item));
    const old = known.get(String(item.id));
    if (old && drawn.get(old) === text) return old;
    const card = make(item, t(), state.language, act);
    card.dataset.item = item.id;
    drawn.set(card, text);
    old?.replaceWith(card);
    return card;
  });
  for (const card of [...container.children]) if (!cards.includes(card)) card.remove();
  cards.forEach((card, place) => {
    if (container.children[place] !== card) container.insertBefore(card, container.children[place] ?? null);
  });
}

function draw() {
  if (!state.items || byId("inbox").hidden) return;
  const alerts = state.items.alerts ?? [];
  const messages = [...(state.items.messages ?? [])].reverse();
  const waiting = outbox.map((one) => ({...one, direction: "from-participant", kind: "message", isWaiting: true})).reverse();
  arrange(byId("alerts"), alerts, (one) => one, alertCard);
  arrange(byId("messages"), [...waiting, ...messages], ({readAt, state: ignored, ...rest}) => rest, messageCard);
  byId("nothing").hidden = alerts.length + messages.length + waiting.length > 0;
  for (const one of messages)
    if (one.direction === "to-participant" && !one.readAt && document.visibilityState === "visible")
      ask("/inbox/read", {message: one.id}).catch(() => {});
}

// The live channel says only that something changed; what, is fetched. Lost: again after 1 s, 2 s, … 30 s.
function listen() {
  if (state.live) return;
  const live = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/inbox/live`);
  state.live = live;
  live.onopen = () => {
    state.pause = 1000;
    refresh();
  };
  live.onmessage = () => refresh();
  live.onclose = () => {
    state.live = null;
    if (byId("inbox").hidden) return;
    byId("offline").hidden = false;
    setTimeout(async () => {
      if (!byId("inbox").hidden && (await refresh())) listen();
      else if (!byId("inbox").hidden) live.onclose();
    }, state.pause);
    state.pause = Math.min(state.pause * 2, 30000);
  };
}

function enter(code) {
  byId("inbox").hidden = true;
  byId("alerts").replaceChildren(); // the next person at this device must not see them
  byId("messages").replaceChildren();
  outbox.length = 0;
  byId("sign-out").hidden = true;
  byId("enter").hidden = false;
  byId("offline").hidden = true;
  choose(code !== undefined);
  if (code) byId("enrol-form").elements.code.value = code;
  state.live?.close();
}

function choose(hasCode) {
  byId("enrol-form").hidden = !hasCode;
  byId("sign-in-form").hidden = hasCode;
}

async function begin() {
  byId("enter").hidden = true;
  byId("inbox").hidden = false;
  byId("sign-out").hidden = false;
  if ((await refresh()) && state.items.participant?.language && !localStorage.getItem("language"))
    show(state.items.participant.language);
  if (!byId("inbox").hidden) listen();
}

function onSubmit(id, path, after) {
  byId(id).addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.target;
    const submit = form.querySelector("button:not([type])");
    submit.disabled = true;
    try {
      await ask(path, {...Object.fromEntries(new FormData(form)), ...(id === "enrol-form" && localStorage.getItem("language") ? {language: state.language} : {})});
      complain("");
      form.reset();
      await after();
    } catch (error) {
      complainOf(error);
    }
    submit.disabled = false;
  });
}

onSubmit("enrol-form", "/inbox/enrol", async () => {
  history.replaceState(null, "", "/");
  await begin();
});
onSubmit("sign-in-form", "/inbox/signIn", begin);
byId("write-form").addEventListener("submit", write);
byId("to-sign-in").addEventListener("click", () => choose(false));
byId("to-enrol").addEventListener("click", () => choose(true));
byId("sign-out").addEventListener("click", async () => {
  await ask("/inbox/signOut", {}).catch(() => {});
  state.items = null;
  enter();
});
byId("language").addEventListener("change", (event) => {
  localStorage.setItem("language", event.target.value);
  show(event.target.value);
});
window.addEventListener("beforeunload", (event) => {
  if (outbox.length) event.preventDefault(); // the browser asks
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible" && !byId("inbox").hidden) refresh();
});

limitFields();
show(localStorage.getItem("language") || navigator.language.slice(0, 2));
const codeInPath = /^\/e\/([A-Za-z0-9-]{4,20})$/.exec(location.pathname);
if (codeInPath) enter(codeInPath[1]);
else begin();
