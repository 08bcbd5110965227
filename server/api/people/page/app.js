// Signing in, fetching, the live channel and its reconnecting. Cards are drawn by inbox.js, words are in texts.js.
"use strict";

const byId = (id) => document.getElementById(id);
const state = {language: "en", items: null, owner: null, live: null, pause: 1000, isOfflineProblem: false, visit: 0};
const outbox = []; // what was written and is not sent yet: {id, text, createdAt}; the id goes with it, so that it arrives once
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

// What this device keeps for the page between two visits; nothing where the browser keeps nothing.
const kept = {
  get: (name) => {
    try {
      return localStorage.getItem(name);
    } catch {
      return null;
    }
  },
  put: (name, text) => {
    try {
      if (text) localStorage.setItem(name, text);
      else localStorage.removeItem(name);
    } catch {
      // then it is good for this visit alone
    }
  },
};

class Refused extends Error {
  constructor(status, code) {
    super(code);
    this.status = status;
  }
  // Refused by the server for good; a proxy's page, a busy server and one that starts again are not.
  get isFinal() {
    return Boolean(this.message) && this.status < 500 && this.status !== 429 && !this.isSignedOut;
  }
  get isSignedOut() {
    return this.message === "not-signed-in";
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

// One request; answers the JSON. Throws Refused with the code of the error, or a network error: also for an answer that is
// not the server's, as a hotel's network gives it.
async function ask(path, body) {
  const options = body === undefined ? {} : {method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify(body)};
  const answer = await fetch(path, {...options, credentials: "same-origin", cache: "no-store", signal: AbortSignal.timeout?.(60000)});
  const json = await answer.json().catch(() => null);
  if (!answer.ok) throw new Refused(answer.status, json?.error?.data?.code ?? "");
  if (!json) throw new TypeError("not an answer of the server");
  return json;
}

async function act(path, body) {
  try {
    await ask(path, body);
    complain("");
    await refresh();
    return true;
  } catch (error) {
    if (error instanceof Refused && error.isSignedOut) enter();
    else complainOf(error);
    return false;
  }
}

// What waits, and what was begun, is kept under the code of who wrote it: for nobody else, and after the page was closed, too.
function keepOutbox() {
  if (state.owner) kept.put(`outbox ${state.owner}`, outbox.length ? JSON.stringify(outbox) : "");
}

function keepDraft() {
  const field = byId("write-form").elements.text;
  if (state.owner && field.value) kept.put(`draft ${state.owner}`, field.value);
  field.value = "";
}

// Whose page this is, as the server says.
function knowOwner(code) {
  if (state.owner === code) return;
  if (state.owner) {
    keepDraft();
    outbox.length = 0;
  }
  state.owner = code;
  const waiting = JSON.parse(kept.get(`outbox ${code}`) || "[]");
  outbox.unshift(...waiting.filter((one) => !outbox.some((other) => other.id === one.id)));
  const field = byId("write-form").elements.text;
  if (!field.value) {
    field.value = kept.get(`draft ${code}`) ?? "";
    kept.put(`draft ${code}`, "");
  }
  keepOutbox();
}

// One that arrived although its answer was lost is not shown as waiting.
function dropArrived() {
  const arrived = new Set(state.items.messages.map((one) => one.once));
  for (const one of [...outbox]) if (arrived.has(one.id)) outbox.splice(outbox.indexOf(one), 1);
  keepOutbox();
}

function tryAgain() {
  clearTimeout(state.again);
  state.again = setTimeout(refresh, 3000);
}

// Sends what waits, in order; without a connection it goes on waiting, and is tried again until it is through.
async function deliver() {
  if (state.isDelivering || !outbox.length) return;
  const visit = state.visit;
  state.isDelivering = true;
  let isAnySent = false;
  try {
    while (outbox.length) {
      const one = outbox[0];
      await ask("/inbox/write", {text: one.text, once: one.id});
      if (visit !== state.visit) break;
      isAnySent = true;
      if (outbox.includes(one)) outbox.splice(outbox.indexOf(one), 1); // else it was seen to have arrived meanwhile
      keepOutbox();
    }
    complain("");
  } catch (error) {
    if (visit !== state.visit) {
      // whose it is comes back to it
    } else if (error instanceof Refused && error.isSignedOut) {
      enter();
    } else if (error instanceof Refused && error.isFinal) {
      giveBack(outbox.shift());
      keepOutbox();
      complainOf(error);
    } else {
      byId("offline").hidden = error instanceof Refused && Boolean(error.message);
      tryAgain();
    }
  }
  state.isDelivering = false;
  draw();
  if ((isAnySent || visit !== state.visit) && !byId("inbox").hidden) await refresh();
}

// A text that was not taken, before what has been typed since.
function giveBack(refused) {
  const field = byId("write-form").elements.text;
  field.value = [refused.text, field.value].filter(Boolean).join("\n");
}

async function write(event) {
  event.preventDefault();
  const field = event.target.elements.text;
  const text = field.value.trim();
  if (!text) return;
  const chance = [...crypto.getRandomValues(new Uint32Array(3))].map((one) => one.toString(36)).join("");
  outbox.push({id: `${Date.now()}-${chance}`, text, createdAt: new Date().toISOString()});
  keepOutbox();
  field.value = "";
  draw();
  await deliver();
}

async function refresh() {
  const visit = state.visit;
  try {
    const items = await ask("/inbox/items");
    if (visit !== state.visit) return false; // for somebody who has left
    state.items = items;
    byId("offline").hidden = true;
    if (state.isOfflineProblem) complain("");
    knowOwner(state.items.participant.code);
    dropArrived();
    draw();
    deliver();
    return true;
  } catch (error) {
    if (visit !== state.visit) return false;
    if (error instanceof Refused && error.isSignedOut) {
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
  if (byId("inbox").hidden) return;
  const hasHomes = state.items?.participant.locations.length > 1; // then an alert says in which it is
  const alerts = (state.items?.alerts ?? []).map((one) => (hasHomes ? one : {...one, location: ""}));
  const messages = [...(state.items?.messages ?? [])].reverse();
  const waiting = outbox.map((one) => ({...one, direction: "from-participant", kind: "message", isWaiting: true})).reverse();
  arrange(byId("alerts"), alerts, (one) => one, alertCard);
  arrange(byId("messages"), [...waiting, ...messages], ({readAt, state: ignored, ...rest}) => rest, messageCard);
  byId("nothing").hidden = !state.items || alerts.length + messages.length + waiting.length > 0;
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
  ++state.visit;
  clearTimeout(state.again);
  byId("inbox").hidden = true;
  byId("alerts").replaceChildren(); // the next person at this device must not see them
  byId("messages").replaceChildren();
  keepDraft();
  state.items = state.owner = null;
  outbox.length = 0; // kept for who wrote it
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
  if (kept.get("leaving")) {
    enter();
    if (!(await leave())) return;
  }
  byId("enter").hidden = true;
  byId("inbox").hidden = false;
  byId("sign-out").hidden = false;
  if ((await refresh()) && state.items.participant?.language && !kept.get("language"))
    show(state.items.participant.language);
  if (!byId("inbox").hidden) listen();
}

// Whether nobody who signed out without a connection is signed in still.
async function leave() {
  if (!kept.get("leaving")) return true;
  try {
    await ask("/inbox/signOut", {});
  } catch {
    if (!kept.get("leaving")) return true; // somebody has signed in meanwhile
    byId("offline").hidden = false;
    setTimeout(leave, 3000);
    return false;
  }
  kept.put("leaving", "");
  byId("offline").hidden = true;
  return true;
}

async function signOut() {
  if (outbox.length && !confirm(t().unsent)) return;
  outbox.length = 0;
  keepOutbox();
  byId("write-form").reset();
  kept.put("leaving", "yes");
  enter();
  await leave();
}

function onSubmit(id, path, after) {
  byId(id).addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.target;
    const submit = form.querySelector("button:not([type])");
    submit.disabled = true;
    try {
      await ask(path, {...Object.fromEntries(new FormData(form)), ...(id === "enrol-form" && kept.get("language") ? {language: state.language} : {})});
      complain("");
      kept.put("leaving", ""); // the session before is not this device's any more
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
byId("sign-out").addEventListener("click", signOut);
byId("language").addEventListener("change", (event) => {
  kept.put("language", event.target.value);
  show(event.target.value);
});
window.addEventListener("beforeunload", (event) => {
  if (outbox.length) event.preventDefault(); // the browser asks
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible" && !byId("inbox").hidden) refresh();
});
window.addEventListener("online", () => {
  if (!byId("inbox").hidden) refresh();
});

limitFields();
show(kept.get("language") || navigator.language.slice(0, 2));
const codeInPath = /^\/e\/([A-Za-z0-9-]{4,20})$/.exec(location.pathname);
if (codeInPath) enter(codeInPath[1]);
else begin();
