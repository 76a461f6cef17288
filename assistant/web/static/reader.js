// Opens sources beside the page, copies quotes, says what happened. Works on pages that the server rendered; no framework.
(() => {
  "use strict";
  const find = (selector, root = document) => root.querySelector(selector);
  const state = { chips: [], at: -1, from: null, showing: 0, address: "", over: false, leaving: false };

  // For screen readers; with `shown` also for the eye, as long as it takes to read.
  function say(text, shown = false) {
    const place = find("#melding");
    if (!place) { return; }
    place.textContent = "";
    window.clearTimeout(state.showing);
    window.setTimeout(() => { place.textContent = text; place.className = shown ? "told" : "hidden"; }, 50);
    if (shown) { state.showing = window.setTimeout(() => { place.className = "hidden"; }, Math.max(5000, text.length * 90)); }
  }
  const tell = (text) => say(text, true);

  const put = (body, template) => body.replaceChildren(find(template).content.cloneNode(true));

  async function load(address) {
    const body = find("#bron-inhoud");
    state.address = address;
    const slow = window.setTimeout(() => put(body, "#bron-laadt"), 250);
    try {
      const response = await fetch(address, { headers: { "X-Deel": "1" }, credentials: "same-origin" });
      const text = await response.text();
      if (state.address !== address) { return; } // another source was asked for meanwhile
      if (response.redirected && !text.includes('class="source"')) { window.location.reload(); return; }
      body.innerHTML = text; // made and escaped by our own server
    } catch {
      if (state.address === address) { put(body, "#bron-mislukt"); }
      return;
    } finally {
      window.clearTimeout(slow);
    }
    const mark = find("mark", body);
    body.scrollTop = 0;
    if (mark) {
      const top = mark.getBoundingClientRect().top - body.getBoundingClientRect().top;
      body.scrollTop = Math.max(0, top - body.clientHeight / 3);
    }
  }

  // On a phone the sheet lies over the page: what is under it is out of reach until it is closed.
  function cover(on) {
    const sheet = on && window.innerWidth <= 900;
    for (const under of document.querySelectorAll("body > header, body > main, .chat-shell, body > .skip")) { under.inert = sheet; }
  }

  // What lies over the page has a step of its own in the history, so that Back closes it before it leaves the page.
  function step(on) {
    if (on && !state.over) { state.over = true; window.history.pushState({ over: true }, ""); }
    if (!on && state.over && !state.leaving) { state.leaving = true; window.history.back(); }
  }

  // To another place in the chat, which takes the step of what lay over it; `instead` when this place is no more.
  function go(address, instead) {
    if (address === window.location.pathname + window.location.search || (instead && state.over)) { step(false); return; }
    window.history[state.over || instead ? "replaceState" : "pushState"](null, "", address);
    state.over = false;
  }

  function counter() {
    const place = find("#citaat-teller");
    const many = state.chips.length > 1;
    place.textContent = state.at < 0 ? "" : place.dataset.text.replace("{number}", state.at + 1).replace("{count}", state.chips.length);
    find("#vorig-citaat").disabled = !many || state.at <= 0;
    find("#volgend-citaat").disabled = !many || state.at >= state.chips.length - 1;
  }

  async function open(link, focus = true) {
    const panel = find("#bron");
    if (!panel) { return; }
    document.querySelectorAll(".chip.open").forEach((chip) => chip.classList.remove("open"));
    const answer = link.closest(".answer");
    state.chips = answer && link.classList.contains("chip") ? [...answer.querySelectorAll("a.chip")] : [];
    state.at = state.chips.indexOf(link);
    if (panel.hidden) { state.from = link; }
    link.classList.add("open");
    panel.hidden = false;
    step(true);
    document.body.classList.add("reading");
    cover(true);
    find("#bron-apart").href = link.href;
    counter();
    await load(link.href);
    if (focus) { find("#bron-inhoud").focus({ preventScroll: true }); }
    if (answer) { link.scrollIntoView({ block: "nearest" }); }
  }

  function hide() {
    const panel = find("#bron");
    if (!panel || panel.hidden) { return; }
    panel.hidden = true;
    state.address = "";
    find("#bron-inhoud").replaceChildren();
    document.body.classList.remove("reading");
    cover(false);
    document.querySelectorAll(".chip.open").forEach((chip) => chip.classList.remove("open"));
    const back = state.chips[state.at] || state.from;
    if (back && back.isConnected) { back.focus(); }
  }

  function close() {
    if (find("#bron")?.hidden !== false) { return; }
    hide();
    step(false);
  }

  async function copy(text, told = find("#melding").dataset.copied) {
    try {
      await navigator.clipboard.writeText(text);
      tell(told);
      return true;
    } catch {
      tell(find("#melding").dataset.copyFailed);
      return false;
    }
  }

  function shift(box) {
    const preview = find(".preview", box);
    if (!preview) { return; }
    preview.style.setProperty("--shift", "0px");
    preview.style.maxHeight = "";
    const place = preview.getBoundingClientRect();
    const room = document.body.classList.contains("reading") && window.innerWidth > 900 ? find("#bron").getBoundingClientRect().left : document.documentElement.clientWidth;
    const over = place.right > room - 8 ? room - 8 - place.right : place.left < 8 ? 8 - place.left : 0;
    preview.style.setProperty("--shift", `${over}px`);
    const scroller = box.closest("#rw-thread")?.getBoundingClientRect();
    const roof = Math.max(0, scroller?.top ?? 0, find(".top").getBoundingClientRect().bottom);
    const floor = Math.min(scroller?.bottom ?? window.innerHeight, window.innerHeight);
    const chip = box.getBoundingClientRect();
    const [above, below] = [chip.top - roof, floor - chip.bottom];
    box.classList.toggle("below", above < place.height + 12 && below > above);
    preview.style.maxHeight = `${Math.max(above, below) - 12}px`;
  }

  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) { return; }
    const link = event.target.closest("a.chip, a.open-source");
    if (link && find("#bron")) { event.preventDefault(); open(link); return; }
    const page = event.target.closest("#bron a.page-link");
    if (page) {
      event.preventDefault();
      const rel = page.rel;
      find("#bron-apart").href = page.href;
      load(page.href).then(() => (find(`#bron a.page-link[rel=${rel}]`) || find("#bron-inhoud")).focus());
      return;
    }
    if (event.target.closest("#bron-opnieuw")) { load(state.address).then(() => find("#bron-inhoud").focus({ preventScroll: true })); return; }
    if (event.target.closest("#bron-sluiten")) { close(); }
    if (event.target.closest("#vorig-citaat") && state.at > 0) { open(state.chips[state.at - 1], false); }
    if (event.target.closest("#volgend-citaat") && state.at < state.chips.length - 1) { open(state.chips[state.at + 1], false); }
    const quote = event.target.closest("[data-copy]");
    if (quote) { copy(quote.dataset.copy); }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") { return; }
    const shown = document.querySelectorAll(".chip-box:hover, .chip-box:focus-within");
    shown.forEach((box) => box.classList.add("dismissed"));
    if (!document.querySelector("dialog[open]")) { close(); }
  });
  if (window.history.state?.over) { window.history.replaceState(null, ""); } // a page that is loaded anew has nothing over it
  window.addEventListener("popstate", () => {
    const closed = state.over;
    const again = state.leaving && find("#bron")?.hidden === false; // opened once more before the history had caught up
    Object.assign(state, { over: Boolean(window.history.state?.over), leaving: false });
    if (again) { step(true); } else { hide(); }
    document.dispatchEvent(new CustomEvent("regelwijzer:terug", { detail: { closed } }));
  });
  document.addEventListener("DOMContentLoaded", () => find(".page > .source mark")?.scrollIntoView({ block: "center", behavior: "instant" }));
  document.addEventListener("submit", (event) => {
    if (event.target.matches('form[action="/uitloggen"]')) { window.sessionStorage.removeItem("vraag"); } // the next visitor's tab
  });
  window.addEventListener("resize", () => cover(find("#bron")?.hidden === false));
  for (const name of ["mouseover", "focusin"]) {
    document.addEventListener(name, (event) => { const box = event.target.closest?.(".chip-box"); if (box) { shift(box); window.requestAnimationFrame(() => shift(box)); } }); // the page may scroll to what is focused
  }
  for (const name of ["mouseout", "focusout"]) {
    document.addEventListener(name, (event) => { event.target.closest?.(".chip-box")?.classList.remove("dismissed"); });
  }
  window.regelwijzer = { find, say, tell, copy, step, go, hide };
})();
