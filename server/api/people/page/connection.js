// Requests to the server, and the live channel: how it is noticed that it is gone, and taken up again.
"use strict";

const AnswerWithinMs = 20000, ConnectWithinMs = 10000, HeardWithinMs = 25000, LookEveryMs = 5000, PauseMostMs = 30000;
const live = {socket: null, heardAt: 0, pause: 1000, timer: 0};

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
  // Somebody else has signed in in this browser since this page was fetched.
  get isOtherPerson() {
    return this.message === "other-person";
  }
  // In the reader's language; the server's own words are for programs.
  get words() {
    return t().errors[this.message] ?? t().again;
  }
}

// One request; answers the JSON. Throws Refused with the code of the error, or a network error: also for an answer that is
// not the server's, as a hotel's network gives it, and for none in time.
async function ask(path, body) {
  const options = body === undefined ? {} : {method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify(body)};
  const limit = new AbortController(), timer = setTimeout(() => limit.abort(), AnswerWithinMs);
  try {
    const answer = await fetch(path, {...options, credentials: "same-origin", cache: "no-store", signal: limit.signal});
    const json = await answer.json().catch(() => null);
    if (!answer.ok) throw new Refused(answer.status, json?.error?.data?.code ?? "");
    if (!json) throw new TypeError("not an answer of the server");
    return json;
  } finally {
    clearTimeout(timer);
  }
}

// What the person does, with for whom it is meant: the server refuses it when somebody else is signed in by now.
function tell(path, body) {
  return ask(path, {...body, participant: state.person});
}

function offline(isOffline) {
  byId("offline").hidden = !isOffline;
}

const refreshes = {now: null, next: null};
const RefreshPauseMs = 200;

// Fetches what there is: one request at a time; whoever asks meanwhile shares one more afterwards. Answers whether it came.
function refresh() {
  if (!refreshes.now) {
    refreshes.now = fetchItems().finally(() => {
      refreshes.now = null;
    });
    return refreshes.now;
  }
  refreshes.next ??= refreshes.now
    .then(() => new Promise((done) => setTimeout(done, RefreshPauseMs)))
    .then(() => {
      refreshes.next = null;
      return refresh();
    });
  return refreshes.next;
}

async function fetchItems() {
  const visit = state.visit;
  try {
    const items = await ask("/inbox/items");
    if (visit !== state.visit) return false; // for somebody who has left
    take(items);
    return true;
  } catch (error) {
    if (visit !== state.visit) return false;
    if (error instanceof Refused && error.isSignedOut) {
      enter(undefined, state.person === null ? "" : t().sessionOver);
      return false;
    }
    offline(true);
    if (outbox.length) tryAgain();
    return false;
  }
}

// The live channel says only that something changed; what, is fetched. It says every ten seconds that it is there: one that
// says nothing is gone, whether it was closed or not. Lost: again after 1 s, 2 s, … 30 s.
function listen() {
  if (live.socket) return;
  const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/inbox/live`);
  live.socket = socket;
  live.heardAt = Date.now();
  socket.onopen = () => {
    live.pause = 1000;
    live.heardAt = Date.now();
    refresh();
  };
  socket.onmessage = (event) => {
    live.heardAt = Date.now();
    if (event.data !== '{"changed":[]}') refresh();
  };
  socket.onclose = () => lose(socket);
}

function drop(socket) {
  socket.onopen = socket.onmessage = socket.onclose = null;
  live.socket = null;
  socket.close();
}

function lose(socket) {
  if (live.socket !== socket) return;
  drop(socket);
  if (byId("inbox").hidden) return;
  offline(true);
  comeBack();
}

function comeBack() {
  clearTimeout(live.timer);
  live.timer = setTimeout(async () => {
    if (byId("inbox").hidden || live.socket) return;
    if (await refresh()) listen();
    else if (!byId("inbox").hidden) comeBack();
  }, live.pause);
  live.pause = Math.min(live.pause * 2, PauseMostMs);
}

function lookAtConnection() {
  const socket = live.socket;
  if (!socket) return;
  const most = socket.readyState === WebSocket.CONNECTING ? ConnectWithinMs : HeardWithinMs;
  if (Date.now() - live.heardAt > most) lose(socket);
}

setInterval(lookAtConnection, LookEveryMs);
