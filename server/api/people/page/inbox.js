// Draws alerts and messages as cards. Everything that people wrote goes through textContent, never through markup.
"use strict";

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function button(text, isMain, act) {
  const made = element("button", isMain ? "main" : "", text);
  made.type = "button";
  made.addEventListener("click", async () => {
    for (const one of made.parentElement.querySelectorAll("button")) one.disabled = true;
    await act();
    for (const one of made.parentElement?.querySelectorAll("button") ?? []) one.disabled = false;
  });
  return made;
}

// In the home's time, as everybody else is told it; with the zone's name where this device has another, and with the year
// where it is not this one.
function when(time, language, timeZone) {
  const date = new Date(time), form = {weekday: "short", hour: "2-digit", minute: "2-digit", day: "numeric", month: "short"};
  if (date.getFullYear() !== new Date().getFullYear()) form.year = "numeric";
  if (timeZone && timeZone !== Intl.DateTimeFormat().resolvedOptions().timeZone) form.timeZoneName = "short";
  try {
    return date.toLocaleString(language, {...form, timeZone: timeZone || undefined});
  } catch {
    return date.toLocaleString(language, {...form, timeZoneName: "short"}); // a zone that this browser does not know
  }
}

// What there is to take: all but the action whose instruction is under way or was carried out.
function actionsToTake(alert) {
  const isDone = ["queued", "sent", "received", "executed"].includes(alert.command?.state);
  const taken = alert.answers.filter((one) => one.answer === "act").at(-1)?.action;
  return alert.actions.filter((one) => !isDone || one.id !== taken);
}

// The alert's card: its home where there are several, its text, its buttons, and what became of the one that was taken last.
function alertCard(alert, t, language, act) {
  const card = element("article", "card alert" + (alert.severity === "urgent" ? " urgent" : ""));
  const home = alert.location ? ` · ${alert.location}` : "";
  card.append(element("p", "meta", `${alert.severity === "urgent" ? t.urgent : t.openAlert}${home} · ${when(alert.at, language, alert.timeZone)}`));
  card.append(element("h2", "", alert.text));
  if (alert.command) {
    const state = alert.command.state;
    const tone = state === "executed" ? " good" : ["failed", "expired", "cancelled", "superseded"].includes(state) ? " bad" : "";
    const shown = state === "expired" && !alert.command.sent ? "unreached" : state;
    card.append(element("p", "state" + tone, `${t.commandIs} ${t.states[shown]}`));
  }
  if (alert.state === "resolved" || alert.state === "dismissed") {
    card.append(element("p", "meta", t.resolved));
    return card;
  }
  // One that opened again is taken care of by nobody, whoever said so before.
  if (alert.state === "acknowledged" && alert.answers.some((one) => one.answer === "acknowledge"))
    card.append(element("p", "meta", t.takenCareOf));
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

// How a question is answered: a button a choice, or a field.
function answerForm(message, t, act) {
  const send = (answer) => act("/inbox/answer", {message: message.id, answer});
  const choices = choicesOf(message.question, t);
  const form = element("form");
  if (choices.length) {
    choices.forEach((choice) => form.append(button(choice.text, false, () => send(choice.key))));
    return form;
  }
  const input = element(message.question.type === "text" ? "textarea" : "input");
  if (message.question.type === "number") {
    input.type = "number";
    input.step = "any";
  } else {
    input.maxLength = LIMITS.TextCharactersMost;
  }
  input.required = true;
  input.setAttribute("aria-label", message.text);
  const submit = element("button", "main", t.answer);
  form.append(input, submit);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    submit.disabled = true;
    await send(message.question.type === "number" ? Number(input.value) : input.value);
    submit.disabled = false;
  });
  return form;
}

function answerText(message, t) {
  const chosen = choicesOf(message.question, t).find((choice) => choice.key === message.answer.value);
  return chosen ? chosen.text : message.answer.text;
}

function messageCard(message, t, language, act) {
  const isMine = message.direction === "from-participant";
  const card = element("article", "card" + (isMine ? " mine" : ""));
  const what = message.isWaiting ? t.waiting : when(message.createdAt, language, state.items?.participant.timeZone);
  card.append(element("p", "meta", `${isMine ? t.you : t.them} · ${what}`));
  card.append(element("p", "said", message.text));
  if (message.kind === "question" && message.answer)
    card.append(element("p", "state good", `${t.answered} ${answerText(message, t)}`));
  else if (message.kind === "question" && message.question && message.state !== "expired") card.append(answerForm(message, t, act));
  return card;
}
