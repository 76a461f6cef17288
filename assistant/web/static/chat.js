// The question form and the conversation around gradio's pipeline: gradio carries the events, this file the manners.
(() => {
  "use strict";
  const { find, say } = window.regelwijzer;
  let send = () => {};
  let asked = false;
  let last = "";
  let open = ""; // what was asked and has no answer yet
  let name = ""; // of what is asked now, so that it can be stopped
  let waiting = 0;
  const LONGEST = 8000; // far over what can be asked: the server says what is too long, but refuses a body of any size

  const current = () => find("#rw-thread .thread")?.dataset.conversation ?? "";

  // After every change of the field: its height follows, and this tab keeps what is not sent yet over a reload.
  function changed(field) {
    field.style.height = "";
    if (field.value) { field.style.height = `${Math.min(field.scrollHeight, 192)}px`; }
    if (field.value) { window.sessionStorage.setItem("vraag", field.value); } else { window.sessionStorage.removeItem("vraag"); }
  }

  // Another day than today is marked, so that it is not left standing unseen.
  const markDay = (field) => field.closest(".as-of").classList.toggle("other-day", field.value !== thisDay());
  const thisDay = () => new Date().toLocaleDateString("sv"); // written as 2026-01-31
  function backToToday() {
    const field = find("#peildatum");
    field.value = thisDay();
    markDay(field);
  }

  function busy(on) {
    asked = on;
    window.clearTimeout(waiting);
    // A short wait is not worth a word: the answer itself is told when it is there, once and whole.
    if (on) { waiting = window.setTimeout(() => say(find(".working")?.textContent.trim() ?? ""), 1500); }
    find("#verstuur").hidden = on;
    find("#verstuur").style.display = on ? "none" : "";
    find("#stop").hidden = !on;
  }

  // What was asked stands there at once, however long the server takes to say the same: its answer takes this place.
  function pend(question) {
    const thread = find("#rw-thread .thread");
    for (const gone of thread.querySelectorAll(".pending, .turn:has(.state-privacy)")) { gone.remove(); }
    const turn = find("#bezig").content.cloneNode(true);
    find(".asked", turn).append(question);
    find(".welcome", thread)?.setAttribute("hidden", "");
    thread.append(turn);
    thread.dataset.state = "busy";
  }

  function unpend() {
    const thread = find("#rw-thread .thread");
    find(".pending", thread)?.remove();
    find(".welcome", thread)?.removeAttribute("hidden");
    thread.dataset.state = "ready";
  }

  function ask(text, privacy = "") {
    const field = find("#vraag");
    const question = (text ?? field.value).trim();
    if (!question || asked) { field.focus(); return; }
    busy(true);
    last = open = question;
    field.value = "";
    changed(field);
    name = String(Math.random());
    pend((privacy === "mask" && find(".masked")?.textContent) || question.slice(0, LONGEST));
    send("submit", { question: question.slice(0, LONGEST), privacy, ask: name, as_of: find("#peildatum").value, conversation: current() });
  }

  function decide(choice) {
    if (choice !== "edit") { ask(last, choice); return; }
    const field = find("#vraag");
    field.value = last;
    changed(field);
    field.focus();
  }

  function settled(thread) {
    const turns = thread.querySelectorAll(".turn");
    const newest = turns[turns.length - 1];
    giveBack(newest);
    const id = thread.dataset.conversation;
    if (id) { window.history.replaceState(window.history.state, "", `/?gesprek=${encodeURIComponent(id)}`); }
    busy(false);
    find("#vraag").placeholder = turns.length ? find("#vraagformulier").dataset.followUp : find("#vraagformulier").dataset.hint;
    document.dispatchEvent(new CustomEvent("regelwijzer:antwoord", { detail: { id } }));
    if (!newest) { return; }
    newest.scrollIntoView({ block: "start" });
    const status = find(".state", newest)?.textContent.trim() ?? "";
    say(`${status}. ${find(".answer-text", newest)?.innerText ?? find(".state-line", newest)?.innerText ?? ""}`);
    if (find(".state-privacy", newest)) { find(".state", newest).focus({ preventScroll: true }); }
  }

  // Who was stopped, or has to wait or to shorten, need not type it all again.
  function giveBack(newest) {
    const field = find("#vraag");
    if (open && !field.value && newest && find(".state-stopped, .state-too_many, .state-too_long, .state-error", newest)) { field.value = open; }
    open = "";
    changed(field);
  }

  // gradio speaks to the server by itself; what it hears is looked at here, so that no question is lost in silence.
  function watchConnection() {
    const plain = window.fetch.bind(window);
    window.fetch = async (...given) => {
      const address = String(given[0]?.url ?? given[0]);
      const asking = address.includes("/gradio_api/queue/join");
      try {
        const response = await plain(...given);
        if (response.status === 401) { window.location.assign("/inloggen"); }
        if (asking) { lost(!response.ok); }
        return response;
      } catch (error) {
        if (asking) { lost(true); }
        throw error;
      }
    };
  }

  function lost(really) {
    find("#verbinding").hidden = !really;
    if (!really || !asked) { return; }
    busy(false);
    unpend();
    window.sessionStorage.setItem("vraag", last); // gradio may reload the page once the server is back
    keepDraft();
  }

  function keepDraft() {
    const draft = window.sessionStorage.getItem("vraag");
    if (!draft) { return; }
    const field = find("#vraag");
    field.value = draft;
    changed(field);
    field.focus({ preventScroll: true });
  }

  function watchThread() {
    const place = find("#rw-thread");
    const sign = (thread) => `${thread.dataset.conversation}/${thread.dataset.serial}`;
    let seen = sign(find(".thread", place));
    let shown = "";
    new MutationObserver(() => {
      const thread = find(".thread", place);
      if (!thread) { return; }
      if (thread.dataset.state === "busy") {
        if (shown !== name) { shown = name; find(".pending", thread).scrollIntoView({ block: "start" }); }
        return;
      }
      if (sign(thread) !== seen) { seen = sign(thread); settled(thread); }
    }).observe(place, { childList: true, subtree: true, attributes: true });
  }

  function form(element, trigger) {
    send = trigger;
    const field = find("#vraag", element);
    find("form", element).addEventListener("submit", (event) => { event.preventDefault(); ask(); });
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); ask(); }
    });
    field.addEventListener("input", () => changed(field));
    find("#stop", element).addEventListener("click", () => {
      send("stop", { question: last.slice(0, LONGEST), ask: name, conversation: current() });
      busy(false); // whatever the server still does, the field is free again
      field.focus();
    });
    const chosen = new URLSearchParams(window.location.search).get("gesprek");
    if (chosen) { send("select", { conversation: chosen }); }
    fetch("/gezond").then((response) => { if (!response.ok && !chosen) { send("select", { conversation: "" }); } }).catch(() => {});
    find("#peildatum", element).addEventListener("change", (event) => markDay(event.target));
    backToToday(); // a browser may fill in what stood there before
    watchThread();
    keepDraft();
    field.focus({ preventScroll: true }); // zoomed in far, the title would be out of sight before it was seen
  }

  // gradio names the browser's language as that of the page; the page is in the one that the visitor chose.
  function keepLanguage() {
    const page = document.documentElement;
    const chosen = page.lang;
    new MutationObserver(() => { if (page.lang !== chosen) { page.lang = chosen; } }).observe(page, { attributeFilter: ["lang"] });
  }

  keepLanguage();
  watchConnection();
  document.addEventListener("click", (event) => {
    const example = event.target.closest("[data-example]");
    if (example) { ask(example.dataset.example); }
    const privacy = event.target.closest("[data-privacy]");
    if (privacy) { decide(privacy.dataset.privacy); }
  });
  Object.assign(window.regelwijzer, { form, ask, backToToday, send: (...given) => send(...given) });
})();
