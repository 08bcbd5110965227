// Coming and going: the code, the password, and that one browser shows one person's page, in all of its tabs.
"use strict";

const codeInPath = /^\/e\/([A-Za-z0-9-]{4,20})$/;

// In the reader's language what is wrong with what was typed, and in which field; null: nothing that is seen here.
function wrongEnrolment(fields) {
  const name = fields.username.value.trim(), password = fields.password.value;
  if (!fields.code.value.trim()) return [fields.code, t().needCode];
  if (name.length < LIMITS.UserNameLeast || name.length > LIMITS.UserNameMost || /\s/.test(name)) return [fields.username, t().needName];
  if (password.length < LIMITS.ParticipantPasswordLeast || password.length > LIMITS.PasswordMost) return [fields.password, t().needPassword];
  if (password.toLowerCase() === name.toLowerCase()) return [fields.password, t().passwordIsName];
  return null;
}

function wrongSignIn(fields) {
  const missing = [fields.username, fields.password].find((field) => !field.value.trim());
  return missing ? [missing, t().needBoth] : null;
}

function enteringWords(error, isEnrolment) {
  if (!(error instanceof Refused)) return t().noConnection;
  if (error.message === "wrong-credentials" || (isEnrolment && error.message === "wrong-value")) return isEnrolment ? t().wrongCode : t().wrongPassword;
  return error.words;
}

// What did not work at signing in; gone with the next letter that is typed.
function complain(words) {
  byId("problem").hidden = !words;
  byId("problem").textContent = words;
}

// What the person should know of the page; gone with what he or she does next.
function say(words) {
  byId("told").hidden = !words;
  byId("told").textContent = words;
}

function onSubmit(id, path, wrong, after) {
  const form = byId(id), isEnrolment = id === "enrol-form";
  form.noValidate = true; // the browser's own sentences are in its language, not in the page's
  form.addEventListener("input", () => complain(""));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const found = wrong(form.elements);
    if (found) {
      complain(found[1]);
      found[0].focus();
      return;
    }
    const submit = form.querySelector("button:not([type])");
    submit.disabled = true;
    try {
      await ask(path, {...Object.fromEntries(new FormData(form)), ...(isEnrolment && state.chosen ? {language: state.chosen} : {})});
      complain("");
      kept.put("leaving", ""); // the session before is not this device's any more
      form.reset();
      tellTabs();
      await after();
    } catch (error) {
      complain(enteringWords(error, isEnrolment));
    }
    submit.disabled = false;
  });
}

// Drops all that is the person's: the next one at this device must not see it, and nothing goes out in another's name.
function forget() {
  ++state.visit;
  clearTimeout(state.again);
  for (const id of ["alerts", "questions", "messages"]) byId(id).replaceChildren();
  keepDraft();
  forgetSeen();
  state.items = state.person = state.owner = null;
  state.sending.clear();
  state.notes.clear();
  state.writeAgainAt = 0;
  outbox.length = 0; // kept for who wrote it
  if (live.socket) drop(live.socket);
  byId("who").hidden = true;
  document.title = "Cohort";
}

function enter(code, words = "") {
  forget();
  byId("inbox").hidden = true;
  byId("sign-out").hidden = true;
  byId("already").hidden = true;
  byId("enter").hidden = false;
  offline(false);
  complain("");
  say(words);
  choose(code !== undefined);
  if (code) byId("enrol-form").elements.code.value = code;
}

function choose(hasCode) {
  complain("");
  byId("enrol-form").hidden = !hasCode;
  byId("sign-in-form").hidden = hasCode;
}

// A code is for the person for whom it was made: where somebody is signed in, it is asked first.
async function openCode(code) {
  enter(code);
  if (kept.get("leaving")) {
    await leave();
    return;
  }
  const visit = state.visit;
  const items = await ask("/inbox/items").catch(() => null);
  if (!items || visit !== state.visit || byId("enter").hidden) return;
  byId("already-title").textContent = t().already.replace("{name}", items.participant.name || items.participant.code);
  byId("enrol-form").hidden = byId("sign-in-form").hidden = true;
  byId("already").hidden = false;
  byId("already-stay").onclick = () => {
    history.replaceState(null, "", "/");
    begin();
  };
  byId("already-leave").onclick = async () => {
    kept.put("leaving", String(items.participant.id));
    enter(code);
    await leave();
    tellTabs();
  };
}

async function begin() {
  if (kept.get("leaving")) {
    enter();
    if (!(await leave())) return;
  }
  byId("enter").hidden = true;
  byId("inbox").hidden = false;
  byId("sign-out").hidden = false;
  complain("");
  await refresh();
  if (!byId("inbox").hidden) listen();
}

// Another person's page now, or nobody's: all is dropped, and what the server says is shown.
function startOver(words) {
  forget();
  say(words);
  const code = codeInPath.exec(location.pathname);
  if (code && !byId("enter").hidden) openCode(code[1]);
  else begin();
}

// Whether nobody who signed out without a connection is signed in still. It is kept for whom that was meant.
async function leave() {
  const who = kept.get("leaving");
  if (!who) return true;
  try {
    await ask("/inbox/signOut", Number(who) > 0 ? {participant: Number(who)} : {});
  } catch (error) {
    if (!kept.get("leaving")) return true; // somebody has signed in meanwhile
    if (!(error instanceof Refused && error.isOtherPerson)) {
      offline(true);
      setTimeout(leave, 3000);
      return false;
    }
  }
  kept.put("leaving", "");
  offline(false);
  return true;
}

async function signOut() {
  const isUnsent = outbox.length || byId("write-form").elements.text.value.trim() || (state.owner && keptOutbox(state.owner).length);
  if (isUnsent && !confirm(t().unsent)) return;
  outbox.length = 0;
  if (state.owner) kept.put(`outbox ${state.owner}`, ""); // of all tabs, which are signed out with this one
  byId("write-form").reset();
  kept.put("leaving", String(state.person ?? "yes"));
  enter();
  tellTabs();
  await leave();
}

// The other tabs of this browser have the same session: they hear at once that it is another.
const tabs = window.BroadcastChannel ? new BroadcastChannel("cohort-page") : null;

function tellTabs() {
  if (tabs) tabs.postMessage("session");
  else kept.put("session", `${Date.now()} ${Math.random()}`);
}

if (tabs) tabs.onmessage = () => startOver("");
else window.addEventListener("storage", (event) => event.key === "session" && startOver(""));
