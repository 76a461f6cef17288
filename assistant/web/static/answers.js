// What can be done with an answer (copy, link, opinion), and the filter of the documents page.
(() => {
  "use strict";
  const { find, tell, copy } = window.regelwijzer;
  const words = () => find("#zinnen").dataset;

  async function post(address, value) {
    const response = await fetch(address, {
      method: "POST", credentials: "same-origin", headers: { "content-type": "application/json" }, body: JSON.stringify(value),
    }).catch(() => { throw new Error(find("#melding").dataset.offline); });
    if (response.status === 401) { window.location.assign("/inloggen"); }
    if (!response.ok) {
      const told = await response.json().catch(() => ({}));
      throw new Error(told.error ? `${told.error.message} ${told.error.remedy}` : words().failed);
    }
    return response.json();
  }

  // Without a response the server was not even reached.
  function tellLost(response) { tell(response ? words().failed : find("#melding").dataset.offline); }

  async function opine(form, verdict) {
    const reasons = [...form.querySelectorAll("input[name=reden]:checked")].map((box) => box.value);
    try {
      await post(form.dataset.opinion, { verdict, reasons, line: form.elements.regel.value });
    } catch (error) {
      tell(error.message);
      return;
    }
    const thanks = find(".opinion-thanks", form);
    find("fieldset", form).hidden = true;
    find(".opinion-ask", form).hidden = true;
    thanks.hidden = false;
    thanks.tabIndex = -1;
    thanks.focus();
  }

  document.addEventListener("click", async (event) => {
    const text = event.target.closest("[data-copy-from]");
    if (text) {
      const response = await fetch(text.dataset.copyFrom, { credentials: "same-origin" }).catch(() => null);
      if (response?.ok) { await copy(await response.text()); } else { tellLost(response); }
      return;
    }
    const link = event.target.closest("[data-copy-link]");
    if (link) {
      const here = ["127.0.0.1", "localhost", "[::1]"].includes(window.location.hostname); // of no use to anyone else
      await copy(new URL(link.dataset.copyLink, window.location.origin).href, here ? find("#melding").dataset.copiedHere : undefined);
      return;
    }
    const verdict = event.target.closest("[data-verdict]");
    if (!verdict) { return; }
    const form = verdict.closest("form");
    if (verdict.dataset.verdict === "helpful") { await opine(form, "helpful"); return; }
    const fields = find("fieldset", form);
    fields.hidden = !fields.hidden;
    verdict.setAttribute("aria-expanded", String(!fields.hidden));
    if (fields.hidden) { return; }
    find("input", fields).focus({ preventScroll: true });
    fields.scrollIntoView({ block: "nearest" });
  });
  document.addEventListener("submit", (event) => {
    if (event.target.matches("form.opinion")) { event.preventDefault(); opine(event.target, "not_helpful"); }
  });
  document.addEventListener("input", (event) => {
    const field = event.target.closest("[data-filter]");
    if (!field) { return; }
    const fold = (value) => value.normalize("NFD").replace(/\p{Diacritic}/gu, "").toLowerCase();
    const wanted = fold(field.value).split(/\s+/).filter(Boolean);
    const items = [...document.querySelectorAll(`${field.dataset.filter} > li`)];
    for (const item of items) { item.hidden = !wanted.every((word) => fold(item.dataset.words).includes(word)); }
    const shown = items.filter((item) => !item.hidden).length;
    const count = find("#documenten-aantal");
    count.textContent = shown ? count.dataset.text.replace("{shown}", shown).replace("{all}", items.length) : count.dataset.none;
  });
  Object.assign(window.regelwijzer, { post, tellLost });
})();
