// What the page shows and does for the person who is signed in. Requests and the live channel are in connection.js, signing in
// and out in entering.js, what is written in outbox.js, what was read in seen.js, cards in cards.js, words in texts.js.
"use strict";

const byId = (id) => document.getElementById(id);
// `visit` counts the persons and visits: an answer for an earlier one is thrown away. `chosen`: a language that is not kept
// with the person yet. `notes`: key of a card → {words, shown}. `sending`: keys of cards.
const state = {language: "en", chosen: "", items: null, person: null, owner: null, visit: 0, again: 0, writeAgainAt: 0,
               isDelivering: false, isKeepingLanguage: false, sending: new Set(), notes: new Map()};

function t() {
  return TEXTS[state.language] ?? TEXTS.en;
}

function show(language) {
  state.language = TEXTS[language] ? language : "en";
  document.documentElement.lang = state.language;
  byId("language").value = state.language;
  for (const one of document.querySelectorAll("[data-text]")) one.textContent = t()[one.dataset.text];
  draw();
}

// What the server said. Somebody else's than before: another tab signed in.
function take(items) {
  const isAnother = state.person !== null && state.person !== items.participant.id;
  if (isAnother) {
    startOver(t().otherPerson);
    return;
  }
  state.items = items;
  state.person = items.participant.id;
  offline(false);
  knowOwner(items.participant.code);
  dropArrived();
  if (state.chosen && state.chosen !== items.participant.language) keepLanguage();
  else if (items.participant.language !== state.language) showLanguageOf(items.participant);
  draw();
  deliver();
  if (seen.waiting.size) postSeen();
}

// The language is the person's, wherever he or she reads.
function showLanguageOf(person) {
  state.chosen = "";
  kept.put("language", person.language);
  show(person.language);
}

async function keepLanguage() {
  if (state.isKeepingLanguage || state.person === null) return;
  const wanted = state.chosen, visit = state.visit;
  state.isKeepingLanguage = true;
  try {
    await tell("/inbox/language", {language: wanted});
    if (state.chosen === wanted) state.chosen = "";
    if (visit === state.visit) await refresh(); // in that language
  } catch (error) {
    if (error instanceof Refused && error.isOtherPerson) startOver(t().otherPerson);
    else if (error instanceof Refused && error.isFinal) state.chosen = "";
  }
  state.isKeepingLanguage = false;
}

// A press: said on its card while it is sent, and what became of it; after an error, too, what is so now is fetched.
async function act(key, path, body) {
  if (state.sending.has(key)) return false;
  const visit = state.visit;
  let error = null;
  say("");
  state.notes.delete(key);
  state.sending.add(key);
  draw();
  try {
    await tell(path, body);
  } catch (caught) {
    error = caught;
  }
  if (visit !== state.visit) return false;
  if (error instanceof Refused && error.isOtherPerson) {
    startOver(t().otherPerson);
    return false;
  }
  if (error) {
    state.sending.delete(key);
    if (!(error instanceof Refused)) note(key, t().notSent);
  }
  await refresh();
  if (visit !== state.visit) return false;
  state.sending.delete(key);
  if (error instanceof Refused && !error.isSignedOut) state.notes.set(key, {words: error.words}); // to what is so now
  draw();
  focusOn(key);
  return !error;
}

// To the card that was answered, unless the person has gone on to another field meanwhile.
function focusOn(key) {
  const card = document.querySelector(`[data-key="${key}"]`), focused = document.activeElement;
  if (card && (!focused?.matches("input, textarea, select") || card.contains(focused))) card.focus();
}

function drawHeader(person, alerts) {
  byId("who").hidden = !person;
  byId("who").textContent = person ? [person.name || person.code, person.locations.join(", ")].filter(Boolean).join(" · ") : "";
  const isUrgent = alerts.some((one) => one.severity === "urgent" && one.state === "open");
  document.title = isUrgent ? `⚠ ${t().urgent} · Cohort` : "Cohort";
}

function draw() {
  if (byId("inbox").hidden) return;
  const person = state.items?.participant;
  const hasHomes = person?.locations.length > 1; // then an alert says in which it is
  const alerts = (state.items?.alerts ?? []).map((one) => ({...one, key: `alert-${one.id}`, ...(hasHomes ? {} : {location: ""})}));
  const messages = (state.items?.messages ?? []).map((one) => ({...one, key: `message-${one.id}`})).reverse();
  const questions = messages.filter(isOpenQuestion).map((one) => ({...one, rests: person.rests}));
  const others = messages.filter((one) => !isOpenQuestion(one));
  const isTooOften = state.writeAgainAt > 0;
  const waiting = outbox.map((one) => ({...one, key: `waiting-${one.id}`, direction: "from-participant", kind: "message", isWaiting: true,
                                        isTooOften})).reverse();
  const shown = ({readAt, deliveredAt, state: ignored, ...rest}) => rest;
  arrange(byId("alerts"), alerts, (one) => one, alertCard);
  arrange(byId("questions"), questions, shown, messageCard);
  arrange(byId("messages"), [...waiting, ...others], shown, messageCard);
  byId("rests").hidden = !person?.rests;
  byId("nothing").hidden = !person || person.rests || alerts.length + messages.length + waiting.length > 0;
  drawHeader(person, alerts);
  watch();
}

onSubmit("enrol-form", "/inbox/enrol", wrongEnrolment, async () => {
  history.replaceState(null, "", "/");
  await begin();
});
onSubmit("sign-in-form", "/inbox/signIn", wrongSignIn, async () => {
  history.replaceState(null, "", "/");
  await begin();
});
byId("write-form").addEventListener("submit", write);
byId("write-form").addEventListener("input", checkLength);
byId("to-sign-in").addEventListener("click", () => choose(false));
byId("to-enrol").addEventListener("click", () => choose(true));
byId("sign-out").addEventListener("click", signOut);
byId("language").addEventListener("change", (event) => {
  state.chosen = event.target.value;
  kept.put("language", event.target.value);
  show(event.target.value);
  keepLanguage();
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

show(kept.get("language") || navigator.language.slice(0, 2));
const codeAtStart = codeInPath.exec(location.pathname);
if (codeAtStart) openCode(codeAtStart[1]);
else begin();
