// The list of conversations beside the chat: open, search, rename, delete.
(() => {
  "use strict";
  const { find, tell, tellLost, post, step, go, hide } = window.regelwijzer;
  const words = () => find("#zinnen").dataset;
  let current = "";
  let timer = 0;

  const addressOf = (id) => (id ? `/?gesprek=${encodeURIComponent(id)}` : "/");
  const inAddress = () => new URLSearchParams(window.location.search).get("gesprek") || "";
  const sheetShown = () => document.body.classList.contains("side-shown");

  async function fill(text = "") {
    const place = find("#gesprekken-lijst");
    const options = text
      ? { method: "POST", headers: { "content-type": "application/json", "X-Deel": "1" }, body: JSON.stringify({ text }) }
      : { headers: { "X-Deel": "1" } };
    const address = text ? "/gesprekken/zoek" : `/gesprekken?open=${encodeURIComponent(current)}`;
    const response = await fetch(address, { credentials: "same-origin", ...options }).catch(() => null);
    if (response?.ok) { place.innerHTML = await response.text(); } // made and escaped by our own server
    if (text) {
      if (!response?.ok) { tellLost(response); }
      return;
    }
    const title = find("[aria-current]", place)?.title;
    document.title = title ? `${title} · ${place.dataset.name}` : place.dataset.name;
  }

  function slide(open) {
    document.body.classList.toggle("side-shown", open);
    find("#gesprekken-openen").setAttribute("aria-expanded", String(open));
    find(".chat-main").inert = open; // the list lies over it
    find(open ? "#nieuw" : "#gesprekken-openen").focus();
  }

  function sheet(open) {
    slide(open);
    step(open);
  }

  function show(id) {
    current = id;
    window.regelwijzer.send("select", { conversation: id });
    window.regelwijzer.backToToday();
  }

  function choose(id, instead = false) {
    hide();
    if (sheetShown()) { slide(false); }
    go(addressOf(id), instead);
    show(id);
    find("#vraag").focus();
  }

  function ask(dialog) {
    return new Promise((resolve) => {
      dialog.returnValue = "";
      dialog.addEventListener("close", () => resolve(dialog.returnValue === "ja"), { once: true });
      dialog.showModal();
    });
  }

  async function rename(button) {
    const field = find("#naam-veld");
    field.value = button.dataset.title;
    if (!await ask(find("#naam-venster")) || !field.value.trim()) { return; }
    await post(`/gesprekken/${encodeURIComponent(button.dataset.rename)}/naam`, { title: field.value });
    await fill();
    tell(words().renamed);
  }

  async function remove(id) {
    for (const part of ["#weg-titel", "#weg-tekst"]) { find(part).textContent = find(part).dataset[id ? "one" : "all"]; }
    if (!await ask(find("#weg-venster"))) { return; }
    await post(id ? `/gesprekken/${encodeURIComponent(id)}/weg` : "/gesprekken/weg", {});
    if (!id || id === current) { choose("", true); }
    await fill();
    find("#nieuw").focus();
    tell(words().deleted);
  }

  document.addEventListener("click", (event) => {
    const on = (selector) => event.target.closest(selector);
    const fail = (error) => tell(error.message);
    if (on("#nieuw")) { choose(""); fill(); return; }
    if (on("#gesprekken-openen")) { sheet(!sheetShown()); return; }
    if (on("#gesprekken-sluiten")) { sheet(false); return; }
    if (on("[data-close]")) { on("dialog").close(); return; }
    if (on("#alles-weg")) { remove("").catch(fail); return; }
    if (on("[data-rename]")) { rename(on("[data-rename]")).catch(fail); return; }
    if (on("[data-delete]")) { remove(on("[data-delete]").dataset.delete).catch(fail); return; }
    const link = on("a[data-conversation]");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) { event.preventDefault(); choose(link.dataset.conversation); fill(); }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && sheetShown()) { sheet(false); }
  });
  window.addEventListener("resize", () => {
    if (window.innerWidth > 900 && sheetShown()) { sheet(false); }
  });
  document.addEventListener("input", (event) => {
    if (event.target.id !== "zoek-gesprek") { return; }
    window.clearTimeout(timer);
    timer = window.setTimeout(() => fill(event.target.value.trim()), 200);
  });
  document.addEventListener("regelwijzer:antwoord", (event) => { current = event.detail.id || ""; fill(); });
  document.addEventListener("regelwijzer:terug", (event) => {
    if (sheetShown()) { slide(false); }
    if (inAddress() === current) { return; }
    if (event.detail.closed) { window.history.replaceState(window.history.state, "", addressOf(current)); return; } // it began meanwhile
    show(inAddress());
    fill();
  });
  document.addEventListener("DOMContentLoaded", () => {
    current = inAddress();
    fill();
  });
})();
