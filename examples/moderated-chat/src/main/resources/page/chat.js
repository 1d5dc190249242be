"use strict";

// Whatever comes from the model or from another user becomes text here (textContent, append), never HTML.

const WORDS = {
  en: {
    title: "Moderated chat",
    skip: "Skip to the question",
    conversation: "Conversation",
    noTalk: "Nothing asked yet.",
    mode: "When do you see the text?",
    safe: "Safe",
    safeHint: "– after the AI filter has cleared it",
    live: "Live",
    liveHint: "– word by word; flagged text is taken back",
    question: "Your question",
    questionHint: "Enter sends, Shift+Enter starts a new line, Esc cancels.",
    send: "Send",
    cancel: "Cancel",
    try: "Try:",
    harmless: "a harmless question",
    harmlessSample: "What is an air purifier good for?",
    rude: "a rude one",
    rudeSample: "You idiot, why is my order late?",
    review: "Review queue",
    reviewHint: "Answers that were withheld. Their text is for reviewers.",
    reviewerHint: "Answers that were withheld. You read as a reviewer.",
    noReview: "Nothing has been withheld.",
    withheldText: "The withheld text",
    waitingSafe: "The answer is being made and checked. Its text comes when the AI filter has cleared it.",
    waitingLive: "The answer is coming. The AI filter has not judged it yet.",
    clear: ({ verdict }) => `Verdict: ${WORDS.en.verdicts[verdict]}.`,
    partial: ({ verdict }) => `Verdict: ${WORDS.en.verdicts[verdict]}, but for its first 500 characters only.`,
    cut: "The answer was cut at its greatest length.",
    withheldSafe: ({ verdict, reasons }) =>
      `The AI filter flagged this answer (${WORDS.en.why(verdict, reasons)}). It was withheld and waits for a review.`,
    withheldLive: ({ verdict, reasons }) =>
      `The AI filter flagged this answer (${WORDS.en.why(verdict, reasons)}). You may have seen its text; it has been taken back and waits for a review.`,
    cancelledSafe: "Cancelled. The service was stopped.",
    cancelledLive: "Cancelled. The service was stopped, and nobody has judged what had come by then.",
    failed: "There is no answer: the service failed.",
    retryable: "There is no answer: the service is overloaded or out of reach. Try again later.",
    lost: "There is no answer: the connection to this page's server was lost.",
    busy: "Too many answers are on their way. Try again in a moment.",
    "too-long": "The question is too long.",
    refused: "The server refused the question.",
    why: (verdict, reasons) => [WORDS.en.verdicts[verdict], ...reasons.map(reason => WORDS.en.reasons[reason] ?? reason)].join(": "),
    verdicts: { safe: "safe", suspect: "suspect", unsafe: "unsafe", unjudged: "not judged" },
    reasons: {
      insult: "insult", discrimination: "discrimination", sexualHarassment: "sexual harassment",
      unjudged: "the filter gave no verdict", partial: "longer than the filter reads",
    },
  },
  ko: {
    title: "검토하는 채팅",
    skip: "질문 입력으로 건너뛰기",
    conversation: "대화",
    noTalk: "아직 질문이 없습니다.",
    mode: "답변을 언제 볼까요?",
    safe: "안전",
    safeHint: "– AI 필터가 확인한 뒤에 표시",
    live: "실시간",
    liveHint: "– 생성되는 대로 표시, 문제가 있으면 회수",
    question: "질문",
    questionHint: "Enter로 보내기, Shift+Enter로 줄 바꾸기, Esc로 취소.",
    send: "보내기",
    cancel: "취소",
    try: "예시:",
    harmless: "평범한 질문",
    harmlessSample: "공기청정기는 어디에 쓰나요?",
    rude: "무례한 질문",
    rudeSample: "이 바보야, 내 주문은 왜 이렇게 늦어?",
    review: "검토 대기열",
    reviewHint: "보류된 답변입니다. 본문은 검토자만 볼 수 있습니다.",
    reviewerHint: "보류된 답변입니다. 검토자로 보고 있습니다.",
    noReview: "보류된 답변이 없습니다.",
    withheldText: "보류된 본문",
    waitingSafe: "답변을 만들고 확인하는 중입니다. AI 필터를 통과하면 본문이 표시됩니다.",
    waitingLive: "답변이 오는 중입니다. 아직 AI 필터의 판정이 없습니다.",
    clear: ({ verdict }) => `판정: ${WORDS.ko.verdicts[verdict]}.`,
    partial: ({ verdict }) => `판정: ${WORDS.ko.verdicts[verdict]}. 단, 앞의 500자만 확인했습니다.`,
    cut: "답변이 최대 길이에서 잘렸습니다.",
    withheldSafe: ({ verdict, reasons }) =>
      `AI 필터가 이 답변을 걸러 냈습니다(${WORDS.ko.why(verdict, reasons)}). 본문을 보류했고 검토를 기다립니다.`,
    withheldLive: ({ verdict, reasons }) =>
      `AI 필터가 이 답변을 걸러 냈습니다(${WORDS.ko.why(verdict, reasons)}). 이미 보셨을 수 있는 본문을 회수했고 검토를 기다립니다.`,
    cancelledSafe: "취소했습니다. 서비스를 멈췄습니다.",
    cancelledLive: "취소했습니다. 서비스를 멈췄고, 그때까지 온 본문은 판정을 받지 않았습니다.",
    failed: "답변이 없습니다. 서비스에서 오류가 났습니다.",
    retryable: "답변이 없습니다. 서비스가 혼잡하거나 연결되지 않습니다. 잠시 후 다시 시도해 주세요.",
    lost: "답변이 없습니다. 이 페이지의 서버와 연결이 끊어졌습니다.",
    busy: "진행 중인 답변이 너무 많습니다. 잠시 후 다시 시도해 주세요.",
    "too-long": "질문이 너무 깁니다.",
    refused: "서버가 질문을 거절했습니다.",
    why: (verdict, reasons) => [WORDS.ko.verdicts[verdict], ...reasons.map(reason => WORDS.ko.reasons[reason] ?? reason)].join(": "),
    verdicts: { safe: "안전", suspect: "의심", unsafe: "위험", unjudged: "판정 없음" },
    reasons: {
      insult: "모욕", discrimination: "차별", sexualHarassment: "성희롱",
      unjudged: "필터의 판정이 없음", partial: "필터가 읽는 길이를 넘음",
    },
  },
};

const at = id => document.getElementById(id);
const form = at("ask");
const question = at("question");
const sayings = new Map();
let language = "en";
let running = null;

// --- Language -----------------------------------------------------------------------------------------------------

function words(key, values) {
  const said = WORDS[language][key];
  return typeof said === "function" ? said(values) : said;
}

/** Says it now, and again in the other language when that is chosen. */
function say(element, key, values) {
  sayings.set(element, { key, values });
  element.textContent = words(key, values);
}

function speak(chosen) {
  language = chosen;
  document.documentElement.lang = chosen;
  document.title = words("title");
  for (const button of document.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", String(button.dataset.language === chosen));
  }
  for (const element of document.querySelectorAll("[data-text]")) {
    element.textContent = words(element.dataset.text);
  }
  for (const [element, { key, values }] of sayings) {
    element.textContent = words(key, values);
  }
  showReview();
}

/** For a screen reader, and for where Korean breaks its lines. */
const languageOf = text => (/[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]/.test(text) ? "ko" : "en");

// --- Asking -------------------------------------------------------------------------------------------------------

/** The server-sent events of a response; EventSource itself can only GET. */
async function* eventsOf(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) {
      return;
    }
    text += value;
    const blocks = text.split("\n\n");
    text = blocks.pop();
    for (const block of blocks) {
      const field = name => block.split("\n").find(line => line.startsWith(`${name}: `))?.slice(name.length + 2);
      if (field("event")) {
        yield { name: field("event"), data: JSON.parse(field("data")) };
      }
    }
  }
}

function exchange(asked) {
  const item = document.createElement("li");
  item.className = "waiting";
  item.setAttribute("aria-busy", "true");
  const line = name => {
    const paragraph = document.createElement("p");
    paragraph.className = name;
    item.append(paragraph);
    return paragraph;
  };
  const parts = { item, asked: line("asked"), answered: line("answered"), outcome: line("outcome") };
  parts.asked.textContent = asked;
  parts.asked.lang = languageOf(asked);
  at("no-talk").hidden = true;
  at("talk").append(item);
  return parts;
}

/** Screen readers hear an answer when it is whole: token by token it would be a stutter. */
function finish(parts, state, key, values) {
  parts.item.className = state;
  parts.item.setAttribute("aria-busy", "false");
  say(parts.outcome, key, values);
  at("announcement").textContent = `${parts.answered.textContent} ${parts.outcome.textContent}`;
}

function conclude(parts, mode, told) {
  if (told.flagged) {
    parts.answered.replaceChildren();
    finish(parts, "withheld", mode === "safe" ? "withheldSafe" : "withheldLive", told);
    loadReview();
    return;
  }
  const cut = told.stopReason === "length";
  finish(parts, "clear", cut ? "cut" : told.coverage === "partial" ? "partial" : "clear", told);
}

async function ask(asked, mode) {
  const parts = exchange(asked);
  const cancelled = mode === "safe" ? "cancelledSafe" : "cancelledLive";
  const mine = { id: null, leave: new AbortController() };
  running = mine;
  showRunning();
  say(parts.outcome, mode === "safe" ? "waitingSafe" : "waitingLive");
  at("announcement").textContent = parts.outcome.textContent;
  let over = false;
  try {
    const response = await fetch("chat", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ question: asked, mode }),
      signal: mine.leave.signal,
    });
    if (!response.ok) {
      const { error } = await response.json();
      finish(parts, "failed", error in WORDS.en ? error : "refused");
      return;
    }
    for await (const { name, data } of eventsOf(response)) {
      if (name === "start") {
        mine.id = data.id;
      } else if (name === "token") {
        parts.answered.append(data.text);
        parts.answered.lang = languageOf(parts.answered.textContent);
      } else {
        over = true;
        if (name === "verdict") {
          conclude(parts, mode, data);
        } else if (name === "cancelled") {
          finish(parts, "cancelled", cancelled);
        } else {
          parts.answered.replaceChildren();
          finish(parts, "failed", data.retryable ? "retryable" : "failed");
        }
      }
    }
    if (!over) {
      throw new Error("the stream broke off");
    }
  } catch {
    if (!over && mine.leave.signal.aborted) {
      finish(parts, "cancelled", cancelled);
    } else if (!over) {
      // Half an answer is no answer, and nobody has judged it.
      parts.answered.replaceChildren();
      finish(parts, "failed", "lost");
    }
  } finally {
    running = null;
    showRunning();
  }
}

function showRunning() {
  at("send").disabled = running !== null;
  if (running === null && document.activeElement === at("cancel")) {
    question.focus();
  }
  at("cancel").disabled = running === null;
}

async function cancel() {
  const mine = running;
  if (mine === null) {
    return;
  }
  at("cancel").setAttribute("aria-busy", "true");
  try {
    const told = mine.id !== null && await fetch("cancel", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(mine.id),
    });
    if (!told) {
      mine.leave.abort();
    }
  } catch {
    mine.leave.abort();
  } finally {
    at("cancel").removeAttribute("aria-busy");
  }
}

// --- Review -------------------------------------------------------------------------------------------------------

let withheld = [];

const reviewKey = () => new URLSearchParams(location.hash.slice(1)).get("review");

async function loadReview() {
  const key = reviewKey();
  const request = fetch("review", { headers: key ? { Authorization: `Bearer ${key}` } : {} });
  // While the server is away, what was there stays; the next look may find it.
  const loaded = await request.then(response => response.ok ? response.json() : []).catch(() => withheld);
  if (JSON.stringify(loaded) !== JSON.stringify(withheld)) {
    withheld = loaded;
    showReview();
  }
}

function showReview() {
  const line = (element, name, text) => {
    const made = document.createElement(element);
    made.className = name;
    made.textContent = text;
    return made;
  };
  const entries = withheld.map(entry => {
    const item = document.createElement("li");
    const time = line("time", "", new Date(entry.time).toLocaleTimeString(language));
    time.dateTime = entry.time;
    const asked = line("p", "", entry.question);
    asked.lang = languageOf(entry.question);
    item.append(time, " ", line("span", "why", WORDS[language].why(entry.verdict, entry.reasons)), asked);
    if (entry.text !== undefined) {
      const details = document.createElement("details");
      const text = line("p", "", entry.text);
      text.lang = languageOf(entry.text);
      details.append(line("summary", "", words("withheldText")), text);
      item.append(details);
    }
    return item;
  });
  at("review").replaceChildren(...entries);
  at("no-review").hidden = entries.length > 0;
  at("review-hint").textContent = words(reviewKey() ? "reviewerHint" : "reviewHint");
}

// --- Hands --------------------------------------------------------------------------------------------------------

form.addEventListener("submit", event => {
  event.preventDefault();
  const asked = question.value.trim();
  if (running === null && asked !== "") {
    question.value = "";
    ask(asked, new FormData(form).get("mode"));
  }
});

question.addEventListener("keydown", event => {
  // While a Korean syllable is being composed, Enter only finishes it.
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
});

document.addEventListener("keydown", event => {
  if (event.key === "Escape") {
    cancel();
  }
});

at("cancel").addEventListener("click", cancel);

for (const sample of document.querySelectorAll("[data-sample]")) {
  sample.addEventListener("click", () => {
    question.value = words(sample.dataset.sample);
    question.focus();
  });
}

for (const button of document.querySelectorAll("[data-language]")) {
  button.addEventListener("click", () => speak(button.dataset.language));
}

window.addEventListener("hashchange", loadReview);

// The browser may keep a page that was left, and its connections, for the way back.
window.addEventListener("pagehide", () => running?.leave.abort());

setInterval(() => document.hidden || loadReview(), 5000);
speak(navigator.language.startsWith("ko") ? "ko" : "en");
loadReview();
