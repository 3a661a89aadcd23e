// What the pages gain from a script: nothing here is needed to read them.
(() => {
  "use strict";
  const root = document.documentElement;
  const store = {
    get: (key) => { try { return localStorage.getItem(key); } catch { return null; } },
    set: (key, value) => { try { localStorage.setItem(key, value); } catch { /* private mode: the choice lasts for the page */ } },
  };
  const chosen = store.get("theme");
  if (chosen === "dark" || chosen === "light") root.dataset.theme = chosen;

  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);
  const make = (tag, attributes, ...inside) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...inside);
    return element;
  };

  // Light or dark, remembered.
  const themeSwitch = () => {
    const button = byId("theme-switch");
    if (!button) return;
    button.hidden = false;
    button.addEventListener("click", () => {
      const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.theme = dark ? "light" : "dark";
      store.set("theme", root.dataset.theme);
    });
  };

  // A fact's words and its card light each other up.
  const lights = () => {
    const light = (id, on) => {
      for (const mark of all(`mark[data-fact="${CSS.escape(id)}"]`)) mark.classList.toggle("lit", on);
      byId(id)?.classList.toggle("lit", on);
    };
    const of = (target) => target.closest?.("[data-fact]")?.dataset.fact ?? target.closest?.(".fact[id]")?.id;
    let lit;
    const move = (event) => {
      const id = of(event.target);
      if (id === lit) return;
      if (lit) light(lit, false);
      lit = id;
      if (lit) light(lit, true);
    };
    document.addEventListener("mouseover", move);
    document.addEventListener("focusin", move);
    document.addEventListener("click", (event) => {
      const mark = event.target.closest?.("mark[data-fact]");
      if (mark && !event.target.closest("a") && getSelection().isCollapsed) location.hash = mark.dataset.fact;
    });
  };

  // j and k go from fact to fact, / to the search.
  const keys = () => {
    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, textarea, select, [contenteditable]")) return;
      if (event.key === "j" || event.key === "k") {
        const facts = all(".fact").filter((f) => f.offsetParent);
        if (!facts.length) return;
        const here = facts.indexOf(document.activeElement?.closest(".fact"));
        const next = here < 0 ? facts.findIndex((f) => f.getBoundingClientRect().top > 0) : here + (event.key === "j" ? 1 : -1);
        const fact = facts[Math.max(0, Math.min(facts.length - 1, next < 0 ? 0 : next))];
        fact.tabIndex = -1;
        fact.focus({ preventScroll: true });
        fact.scrollIntoView({ block: "center" });
      } else if (event.key === "/") {
        const box = byId("search-box");
        const link = byId("search-link");
        if (box) box.focus();
        else if (link) link.click();
        else return;
        event.preventDefault();
      }
    });
  };

  // A box above a long list that leaves what matches.
  const filters = () => {
    for (const list of all(".filterable")) {
      const entries = all(":scope > li, .fact", list);
      if (entries.length < 10) continue;
      const box = make("input", { type: "search", class: "filter-box", placeholder: list.dataset.filter, "aria-label": list.dataset.filter, autocomplete: "off" });
      const texts = entries.map((e) => e.textContent.toLowerCase());
      box.addEventListener("input", () => {
        const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
        entries.forEach((e, i) => { e.hidden = !words.every((w) => texts[i].includes(w)); });
        for (const group of all(".month-group", list)) group.hidden = !group.querySelector(".fact:not([hidden])");
      });
      if (list.matches("ul, ol")) list.before(box);
      else list.querySelector("h2")?.after(box);
    }
  };

  // Buttons that copy a citation of a fact, and the link to its words.
  const copies = () => {
    const icons = {
      citation: "M5 4h9l4 4v12H5zM8 11h7M8 15h7",
      words: "M10 14l4-4M9 8l2-2a4 4 0 0 1 6 6l-2 2M15 16l-2 2a4 4 0 0 1-6-6l2-2",
    };
    const { citation, copied } = document.body.dataset;
    if (!navigator.clipboard || !citation) return;
    const button = (name, label, text) => {
      const icon = document.createElementNS("http://www.w3.org/2000/svg", "svg");
      for (const [k, v] of Object.entries({ viewBox: "0 0 24 24", width: 18, height: 18, "aria-hidden": "true", fill: "none", stroke: "currentColor", "stroke-width": 1.7 })) icon.setAttribute(k, v);
      const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
      path.setAttribute("d", icons[name]);
      icon.append(path);
      const b = make("button", { type: "button", "aria-label": label, title: label }, icon);
      b.addEventListener("click", async () => {
        await navigator.clipboard.writeText(text());
        b.title = copied;
        b.setAttribute("aria-label", copied);
        b.classList.add("done");
        setTimeout(() => { b.title = label; b.setAttribute("aria-label", label); b.classList.remove("done"); }, 1500);
      });
      return make("li", {}, b);
    };
    for (const fact of all(".fact")) {
      const ways = fact.querySelector(".ways");
      if (!ways) continue;
      ways.append(button("citation", citation, () => cite(fact)));
      const out = ways.querySelector("a.out");
      if (out) ways.append(button("words", document.body.dataset.words, () => out.href));
    }
  };
  const line = (element) => element?.textContent.replace(/\s+/g, " ").trim() ?? "";
  const cite = (fact) => {
    const parts = all(".who, .said, .title, .when, .amount, .counted", fact).filter((e) => !e.closest(".evidence")).map(line);
    const from = line(fact.querySelector(".from")) || [line(document.querySelector("h1")), line(document.querySelector(".page-head .source b"))].join(", ");
    const day = line(fact.querySelector(".reported time")) || line(document.querySelector(".page-head .source time"));
    return `${parts.filter(Boolean).join(" ")} (${[from, day].filter(Boolean).join(", ")}) ${fact.querySelector(".permalink")?.href ?? ""}`.trim();
  };

  // What is past by the reader's own date stands back.
  const past = () => {
    const now = new Date();
    const today = [now.getFullYear(), String(now.getMonth() + 1).padStart(2, "0"), String(now.getDate()).padStart(2, "0")].join("-");
    for (const e of all("[data-end]")) if (e.dataset.end && e.dataset.end < today) e.classList.add("is-past");
  };

  document.addEventListener("DOMContentLoaded", () => {
    for (const start of [themeSwitch, lights, keys, filters, copies, past]) start();
  });
})();
