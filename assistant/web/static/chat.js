// The question form and the conversation around gradio's pipeline: gradio carries the events, this file the manners.
(() => {
  "use strict";
  const { find, say } = window.regelwijzer;
  let send = () => {};
  let asked = false;

  const current = () => find("#rw-thread .thread")?.dataset.conversation ?? "";

  function grow(field) { field.style.height = "auto"; field.style.height = `${Math.min(field.scrollHeight, 192)}px`; }

  function busy(on) {
    asked = on;
    find("#verstuur").hidden = on;
    find("#verstuur").style.display = on ? "none" : "";
    find("#stop").hidden = !on;
  }

  function ask(text) {
    const field = find("#vraag");
    const question = (text ?? field.value).trim();
    if (!question || asked) { field.focus(); return; }
    busy(true);
    field.value = "";
    grow(field);
    send("submit", { question, as_of: find("#peildatum").value, conversation: current() });
  }

  function settled(thread) {
    busy(false);
    const turns = thread.querySelectorAll(".turn");
    const last = turns[turns.length - 1];
    const id = thread.dataset.conversation;
    if (id) { window.history.replaceState(null, "", `/?gesprek=${encodeURIComponent(id)}`); }
    find("#vraag").placeholder = turns.length ? find("#vraagformulier").dataset.followUp : find("#vraagformulier").dataset.hint;
    document.dispatchEvent(new CustomEvent("regelwijzer:antwoord", { detail: { id } }));
    if (!last) { return; }
    last.scrollIntoView({ block: "start" });
    const status = find(".state", last)?.textContent.trim() ?? "";
    say(`${status}. ${find(".answer-text", last)?.innerText ?? find(".state-line", last)?.innerText ?? ""}`);
  }

  function watchThread() {
    const place = find("#rw-thread");
    let seen = "";
    new MutationObserver(() => {
      const thread = find(".thread", place);
      if (!thread || thread.dataset.state === "busy") { return; }
      const now = `${thread.dataset.conversation}/${thread.dataset.serial}`;
      if (now !== seen) { seen = now; settled(thread); }
    }).observe(place, { childList: true, subtree: true, attributes: true });
  }

  function form(element, trigger) {
    send = trigger;
    const field = find("#vraag", element);
    find("form", element).addEventListener("submit", (event) => { event.preventDefault(); ask(); });
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); ask(); }
    });
    field.addEventListener("input", () => grow(field));
    find("#stop", element).addEventListener("click", () => { send("stop", {}); });
    const open = new URLSearchParams(window.location.search).get("gesprek");
    if (open) { send("select", { conversation: open }); }
    watchThread();
    field.focus();
  }

  document.addEventListener("click", (event) => {
    const example = event.target.closest("[data-example]");
    if (example) { ask(example.dataset.example); }
  });
  Object.assign(window.regelwijzer, { form, ask, send: (...given) => send(...given) });
})();
