// What the person writes: kept under who wrote it until the server has it, sent in order, each once.
"use strict";

const outbox = []; // what was written and is not sent yet: {id, text, createdAt}; the id goes with it, so that it arrives once
const AgainMs = 3000, AgainWhenTooOftenMs = 60000;

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

// What this tab has had in its outbox: what is kept besides is another tab's, and stays.
const held = new Set();

function keptOutbox(code) {
  return JSON.parse(kept.get(`outbox ${code}`) || "[]");
}

// What waits, and what was begun, is kept under the code of who wrote it: for nobody else, and after the page was closed, too.
function keepOutbox() {
  if (!state.owner) return;
  for (const one of outbox) held.add(one.id);
  const all = [...keptOutbox(state.owner).filter((one) => !held.has(one.id)), ...outbox];
  kept.put(`outbox ${state.owner}`, all.length ? JSON.stringify(all) : "");
}

function keepDraft() {
  const field = byId("write-form").elements.text;
  if (state.owner && field.value) kept.put(`draft ${state.owner}`, field.value);
  field.value = "";
  checkLength();
}

// Whose page this is, as the server says.
function knowOwner(code) {
  if (state.owner === code) return;
  state.owner = code;
  const waiting = keptOutbox(code);
  outbox.unshift(...waiting.filter((one) => !outbox.some((other) => other.id === one.id)));
  const field = byId("write-form").elements.text;
  if (!field.value) {
    field.value = kept.get(`draft ${code}`) ?? "";
    kept.put(`draft ${code}`, "");
    checkLength();
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
  state.again = setTimeout(refresh, AgainMs);
}

// Sends what waits, in order; without a connection it goes on waiting, and is tried again until it is through.
async function deliver() {
  if (state.isDelivering || !outbox.length || Date.now() < state.writeAgainAt) return;
  const visit = state.visit;
  state.isDelivering = true;
  let isAnySent = false;
  try {
    while (outbox.length) {
      const one = outbox[0];
      await tell("/inbox/write", {text: one.text, once: one.id});
      if (visit !== state.visit) break;
      isAnySent = true;
      state.writeAgainAt = 0;
      if (outbox.includes(one)) outbox.splice(outbox.indexOf(one), 1); // else it was seen to have arrived meanwhile
      keepOutbox();
    }
  } catch (error) {
    if (visit === state.visit) notDelivered(error); // else whose it is comes back to it
  }
  state.isDelivering = false;
  draw();
  if ((isAnySent || visit !== state.visit) && !byId("inbox").hidden) await refresh();
}

function notDelivered(error) {
  const isRefused = error instanceof Refused;
  if (isRefused && error.isSignedOut) {
    enter(undefined, t().sessionOver);
  } else if (isRefused && error.isOtherPerson) {
    startOver(t().otherPerson);
  } else if (isRefused && error.isFinal) {
    giveBack(outbox.shift());
    keepOutbox();
    noteWriting(error.words);
  } else if (isRefused && error.message === "too-often") {
    state.writeAgainAt = Date.now() + AgainWhenTooOftenMs;
    clearTimeout(state.again);
    state.again = setTimeout(() => {
      state.writeAgainAt = 0;
      deliver();
    }, AgainWhenTooOftenMs);
  } else {
    offline(!isRefused || !error.message);
    tryAgain();
  }
}

// A text that was not taken, before what has been typed since.
function giveBack(refused) {
  const field = byId("write-form").elements.text;
  field.value = [refused.text, field.value].filter(Boolean).join("\n");
}

function noteWriting(words) {
  byId("write-note").hidden = !words;
  byId("write-note").textContent = words;
}

// Nothing is cut: what is too long is said while it is written, and not sent. Answers whether it may go.
function checkLength() {
  const characters = [...byId("write-form").elements.text.value.trim()].length;
  const isTooLong = characters > LIMITS.WrittenCharactersMost;
  noteWriting(isTooLong ? tooLong(characters, LIMITS.WrittenCharactersMost) : "");
  return !isTooLong;
}

function tooLong(characters, most) {
  const number = (one) => one.toLocaleString(state.language);
  return t().tooLong.replace("{characters}", number(characters)).replace("{most}", number(most));
}

async function write(event) {
  event.preventDefault();
  const field = event.target.elements.text;
  const text = field.value.trim();
  if (!text || !checkLength()) return;
  const chance = [...crypto.getRandomValues(new Uint32Array(3))].map((one) => one.toString(36)).join("");
  outbox.push({id: `${Date.now()}-${chance}`, text, createdAt: new Date().toISOString()});
  keepOutbox();
  field.value = "";
  noteWriting("");
  say("");
  draw();
  await deliver();
}
