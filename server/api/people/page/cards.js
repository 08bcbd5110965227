// Draws alerts and messages as cards. Everything that people wrote goes through textContent, never through markup.
"use strict";

const drawn = new WeakMap(); // card → what it shows

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function button(text, isMain, act) {
  const made = element("button", isMain ? "main" : "", text);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

// In the home's time, as everybody else is told it; with the zone's name where this device has another, and with the year
// where it is not this one.
function when(time, language, timeZone) {
  const date = new Date(time), form = {weekday: "short", hour: "2-digit", minute: "2-digit", day: "numeric", month: "short"};
  if (date.getFullYear() !== new Date().getFullYear()) form.year = "numeric";
  if (timeZone && timeZone !== Intl.DateTimeFormat().resolvedOptions().timeZone) form.timeZoneName = "long";
  try {
    return date.toLocaleString(language, {...form, timeZone: timeZone || undefined});
  } catch {
    return date.toLocaleString(language, {...form, timeZoneName: "long"}); // a zone that this browser does not know
  }
}

// The number that somebody typed, with a comma or a point; null where it is none, or could mean two (1.000 in German).
function numberOf(typed, language) {
  const text = typed.trim().replace("−", "-");
  if (!/^[+-]?\d+([.,]\d+)?$/.test(text)) return null;
  const thousands = language === "de" ? "." : ",";
  if (text.includes(thousands) && /[.,]\d{3}$/.test(text)) return null;
  return Number(text.replace(",", "."));
}

// An empty card: a group with the name that its heading says. A heading is what `titled` made.
function emptyCard(className) {
  const card = element("article", className);
  card.setAttribute("role", "group");
  card.tabIndex = -1; // the focus goes there after an answer
  return card;
}

function titled(card, tag, className, text) {
  const title = element(tag, className, text);
  title.dataset.title = "";
  card.append(title);
}

// What was done about it by an action, last: "You chose: Switch it off", and what became of it where a device was to do it.
function actionTaken(alert, t) {
  const answer = alert.answers.filter((one) => one.answer === "act").at(-1);
  const action = answer && alert.actions.find((one) => one.id === answer.action);
  if (!action || (!action.isCommand && alert.state === "open")) return null;
  const who = t.chose[answer.own ? "own" : answer.who] ?? t.chose.participant;
  const state = action.isCommand ? alert.command?.state : undefined;
  if (!state) return element("p", "state good", `${who} ${action.text}`);
  const tone = state === "executed" ? " good" : ["failed", "expired", "cancelled", "superseded"].includes(state) ? " bad" : "";
  const shown = state === "expired" && !alert.command.sent ? "unreached" : state;
  return element("p", "state" + tone, `${who} ${action.text}: ${t.states[shown]}`);
}

// What there is to take: all but the action that was taken and stands, and whose instruction is under way or was carried out.
function actionsToTake(alert) {
  const isDone = ["queued", "sent", "received", "executed"].includes(alert.command?.state);
  const taken = alert.answers.filter((one) => one.answer === "act").at(-1)?.action;
  return alert.actions.filter((one) => one.id !== taken || !(one.isCommand ? isDone : alert.state === "acknowledged"));
}

// Who takes care of it; one that opened again is taken care of by nobody, whoever said so before.
function careTaken(alert, t) {
  const answer = alert.answers.filter((one) => one.answer === "acknowledge").at(-1);
  if (alert.state !== "acknowledged" || !answer) return null;
  return element("p", "meta", t.cares[answer.own ? "own" : answer.who] ?? t.cares.participant);
}

// The alert's card: its home where there are several, its text, its buttons, and what became of the one that was taken last.
function alertCard(alert, t, language, act) {
  const card = emptyCard("card alert" + (alert.severity === "urgent" ? " urgent" : ""));
  const home = alert.location ? ` · ${alert.location}` : "";
  card.append(element("p", "meta", `${alert.severity === "urgent" ? t.urgent : t.openAlert}${home} · ${when(alert.at, language, alert.timeZone)}`));
  titled(card, "h2", "", alert.text);
  card.append(...[actionTaken(alert, t)].filter(Boolean));
  if (alert.state === "resolved" || alert.state === "dismissed") {
    card.append(element("p", "meta", t.resolved));
    return card;
  }
  card.append(...[careTaken(alert, t)].filter(Boolean));
  actionsToTake(alert).forEach((action, position) =>
    card.append(button(action.text, position === 0, () => act("/inbox/act", {alert: alert.id, action: action.id}))));
  if (alert.state === "open") card.append(button(t.takeCare, false, () => act("/inbox/takeCare", {alert: alert.id})));
  card.append(button(t.dismiss, false, () => act("/inbox/dismiss", {alert: alert.id})));
  return card;
}

function choicesOf(question, t) {
  if (question.type === "yes-no") return [{key: "yes", text: t.yes}, {key: "no", text: t.no}];
  return question.choices;
}

// How a question is answered: a button a choice, or a field. `refuse` says on the card why an answer is not sent.
function answerForm(message, t, language, act, refuse) {
  const send = (answer) => act("/inbox/answer", {message: message.id, answer});
  const choices = choicesOf(message.question, t);
  const form = element("form");
  if (choices.length) {
    choices.forEach((choice) => form.append(button(choice.text, false, () => send(choice.key))));
    return form;
  }
  const isNumber = message.question.type === "number";
  const input = element(isNumber ? "input" : "textarea");
  if (isNumber) {
    input.inputMode = "decimal"; // a field of the type number drops the comma of another language
    input.autocomplete = "off";
  }
  input.setAttribute("aria-label", message.text);
  form.append(input, element("button", "main", t.answer));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = input.value.trim(), answer = isNumber ? numberOf(text, language) : text, characters = [...text].length;
    if (answer === null) refuse(t.noNumber);
    else if (!isNumber && !text) refuse(t.noText);
    else if (characters > LIMITS.TextCharactersMost) refuse(tooLong(characters, LIMITS.TextCharactersMost));
    else send(answer);
  });
  return form;
}

function answerText(message, t, language) {
  const value = message.answer.value;
  if (message.question?.type === "number" && typeof value === "number")
    return value.toLocaleString(language, {maximumFractionDigits: 20, useGrouping: false});
  const chosen = message.question && choicesOf(message.question, t).find((choice) => choice.key === value);
  return chosen ? chosen.text : message.answer.text;
}

function isOpenQuestion(message) {
  return message.kind === "question" && Boolean(message.question) && !message.answer && message.state !== "expired";
}

function messageCard(message, t, language, act, refuse) {
  const isMine = message.direction === "from-participant";
  const card = emptyCard("card" + (isMine ? " mine" : ""));
  const what = message.isWaiting ? (message.isTooOften ? t.waitingTooOften : t.waiting)
                                 : when(message.createdAt, language, state.items?.participant.timeZone);
  card.append(element("p", "meta", `${isMine ? t.you : t.them} · ${what}`));
  titled(card, "p", "said", message.text);
  if (message.kind === "question" && message.answer)
    card.append(element("p", "state good", `${t.answered} ${answerText(message, t, language)}`));
  else if (isOpenQuestion(message) && !message.rests) card.append(answerForm(message, t, language, act, refuse));
  else if (message.kind === "question" && message.state === "expired") card.append(element("p", "meta", t.resolved));
  return card;
}

// Puts a card for each item into the container; a card whose item shows the same stays as it is, with its focus and what was
// typed, and a screen reader hears only what is new.
function arrange(container, items, shown, make) {
  const known = new Map([...container.children].map((card) => [card.dataset.key, card]));
  const cards = items.map((item) => {
    const text = state.language + JSON.stringify(shown(item));
    const old = known.get(item.key);
    if (!old || drawn.get(old) !== text) {
      const card = make(item, t(), state.language, (path, body) => act(item.key, path, body), (words) => note(item.key, words));
      card.dataset.key = item.key;
      if (item.kind && !item.isWaiting) card.dataset.message = item.id;
      const title = card.querySelector("[data-title]");
      title.id = `title-${item.key}`;
      card.setAttribute("aria-labelledby", title.id);
      drawn.set(card, text);
      old?.replaceWith(card);
      dress(card);
      return card;
    }
    dress(old);
    return old;
  });
  for (const card of [...container.children]) if (!cards.includes(card)) card.remove();
  cards.forEach((card, place) => {
    if (container.children[place] !== card) container.insertBefore(card, container.children[place] ?? null);
  });
}

// "Sending …" while it is sent, and what did not work: at what was pressed. A sentence is gone when the item has changed since.
function dress(card) {
  const key = card.dataset.key, isSending = state.sending.has(key), said = state.notes.get(key);
  if (said && said.shown === undefined) said.shown = drawn.get(card);
  if (said && said.shown !== drawn.get(card)) state.notes.delete(key);
  const words = isSending ? t().sending : state.notes.get(key)?.words ?? "";
  card.setAttribute("aria-busy", String(isSending));
  for (const one of card.querySelectorAll("button, input, textarea")) one.disabled = isSending;
  let line = card.querySelector(":scope > .note");
  if (!words) {
    line?.remove();
    return;
  }
  if (!line) card.append((line = element("p")));
  line.className = isSending ? "note" : "note bad";
  line.setAttribute("role", isSending ? "status" : "alert");
  if (line.textContent !== words) line.textContent = words;
}

function note(key, words) {
  state.notes.set(key, {words});
  draw();
}
