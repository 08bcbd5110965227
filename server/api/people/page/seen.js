// Which messages the person has read: those that were in view for a second while the page was visible. All that were go in one
// request, none twice.
"use strict";

const SeenAfterMs = 1000, GatherMs = 500;
const seen = {watched: new Map(), inView: new Map(), waiting: new Set(), posted: new Set(), timer: 0};

const watcher = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    const isInView = entry.isIntersecting && (entry.intersectionRatio >= 0.5 || entry.intersectionRect.height >= innerHeight / 2);
    if (isInView) beginLooking(entry.target);
    else stopLooking(entry.target);
  }
}, {threshold: [0, 0.25, 0.5, 0.75, 1]});

function beginLooking(card) {
  stopLooking(card);
  const timer = document.visibilityState === "visible" ? setTimeout(() => see(card), SeenAfterMs) : 0;
  seen.inView.set(card, timer);
}

function stopLooking(card) {
  clearTimeout(seen.inView.get(card));
  seen.inView.delete(card);
}

function see(card) {
  const message = seen.watched.get(card);
  unwatch(card);
  if (message === undefined || seen.posted.has(message)) return;
  seen.waiting.add(message);
  clearTimeout(seen.timer);
  seen.timer = setTimeout(postSeen, GatherMs);
}

function unwatch(card) {
  watcher.unobserve(card);
  stopLooking(card);
  seen.watched.delete(card);
}

// The cards of messages that are not read yet; those that are gone or read are looked at no more.
function watch() {
  const unread = new Set((state.items?.messages ?? [])
    .filter((one) => one.direction === "to-participant" && !one.readAt && !seen.waiting.has(one.id) && !seen.posted.has(one.id))
    .map((one) => one.id));
  for (const [card, message] of [...seen.watched]) if (!card.isConnected || !unread.has(message)) unwatch(card);
  for (const card of document.querySelectorAll("#messages > [data-message], #questions > [data-message]")) {
    const message = Number(card.dataset.message);
    if (!unread.has(message) || seen.watched.has(card)) continue;
    seen.watched.set(card, message);
    watcher.observe(card);
  }
}

// What could not be sent waits for the next time that the server answers.
async function postSeen() {
  const messages = [...seen.waiting].slice(0, LIMITS.InboxMessagesMost);
  if (!messages.length || state.person === null) return;
  const visit = state.visit;
  for (const one of messages) {
    seen.waiting.delete(one);
    seen.posted.add(one);
  }
  try {
    await tell("/inbox/read", {messages});
    if (visit === state.visit && seen.waiting.size) seen.timer = setTimeout(postSeen, GatherMs);
  } catch (error) {
    if (visit !== state.visit || (error instanceof Refused && error.isFinal)) return;
    for (const one of messages) {
      seen.posted.delete(one);
      seen.waiting.add(one);
    }
  }
}

function forgetSeen() {
  for (const card of [...seen.watched.keys()]) unwatch(card);
  seen.waiting.clear();
  seen.posted.clear();
  clearTimeout(seen.timer);
}

document.addEventListener("visibilitychange", () => {
  for (const card of [...seen.inView.keys()]) beginLooking(card);
});
