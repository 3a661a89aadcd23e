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

  // The search: its index comes in small scripts, for a page opened from a folder may load scripts and cannot fetch.
  const files = new Map();
  const waiting = new Map();
  window.factpressSearch = (name, data) => waiting.get(name)?.(data);
  const load = (name) => {
    if (!files.has(name)) {
      files.set(name, new Promise((resolve) => {
        waiting.set(name, resolve);
        const script = make("script", { src: `${document.body.dataset.root}search/${name}.js` });
        script.addEventListener("error", () => resolve(undefined));
        document.head.append(script);
      }));
    }
    return files.get(name);
  };
  const UNSPACED = /[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1780-\u17ff\u1000-\u109f\u{20000}-\u{3ffff}]+/gu;
  const wordsOf = (text) => {
    const runs = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
    return runs.flatMap((run) => {
      const found = [];
      let at = 0;
      for (const m of run.matchAll(UNSPACED)) {
        if (m.index > at) found.push(run.slice(at, m.index));
        const signs = [...m[0]];
        if (signs.length === 1) found.push(m[0]);
        for (let i = 0; i + 1 < signs.length; i++) found.push(signs[i] + signs[i + 1]);
        at = m.index + m[0].length;
      }
      if (at < run.length) found.push(run.slice(at));
      return found;
    });
  };
  const MOST_PARTS = 40;
  const MOST_SHOWN = 12;
  const entriesWith = async (word, index) => {
    const parts = index.parts.map((begin, n) => ({ n, begin, next: index.parts[n + 1] }))
      .filter(({ begin, next }) => (begin <= word || begin.startsWith(word)) && (next === undefined || next > word)).slice(0, MOST_PARTS);
    const found = new Set();
    for (const part of await Promise.all(parts.map(({ n }) => load(`w-${n}`)))) {
      for (const [key, steps] of Object.entries(part ?? {})) {
        if (!key.startsWith(word)) continue;
        let n = 0;
        for (const step of steps) found.add(n += step);
      }
    }
    return found;
  };
  const find = async (query) => {
    const index = await load("index");
    if (!index) return [];
    const asked = wordsOf(query);
    const telling = asked.filter((w) => !index.stop.includes(w));
    const sets = await Promise.all((telling.length ? telling : asked).map((w) => entriesWith(w, index)));
    if (!sets.length) return [];
    sets.sort((a, b) => a.size - b.size);
    const hits = [...sets[0]].filter((n) => sets.every((s) => s.has(n))).sort((a, b) => a - b);
    const groups = index.kinds.slice(0, -1).map(([kind, first], i) => ({ kind, hits: hits.filter((n) => n >= first && n < index.kinds[i + 1][1]) }));
    const wanted = groups.flatMap((g) => g.hits.slice(0, MOST_SHOWN));
    const chunks = new Map();
    await Promise.all([...new Set(wanted.map((n) => Math.floor(n / index.chunk)))].map(async (c) => chunks.set(c, await load(`d-${c}`))));
    return groups.filter((g) => g.hits.length).map((g) => ({
      kind: g.kind, total: g.hits.length, entries: g.hits.slice(0, MOST_SHOWN).map((n) => chunks.get(Math.floor(n / index.chunk))?.[n % index.chunk]).filter(Boolean),
    }));
  };
  const search = () => {
    const box = byId("search-box");
    if (!box) return;
    const [results, count] = [byId("search-results"), byId("search-count")];
    let turn = 0;
    const show = async () => {
      const mine = ++turn;
      const query = box.value.trim();
      const groups = query ? await find(query) : [];
      if (mine !== turn) return;
      const total = groups.reduce((n, g) => n + g.total, 0);
      count.textContent = !query ? "" : total ? count.dataset.found.replace("{n}", total.toLocaleString(root.lang)) : count.dataset.none;
      results.replaceChildren(...groups.map((g) => make("section", {}, make("h2", {}, results.dataset[g.kind] ?? g.kind, " ", make("span", { class: "count" }, String(g.total))),
        make("ul", { class: "plain-list" }, ...g.entries.map(([title, path, note]) => make("li", {},
          make("a", { href: document.body.dataset.root + path, dir: "auto" }, title), " ", make("span", { class: "meta", dir: "auto" }, note)))))));
      history.replaceState(null, "", query ? `?q=${encodeURIComponent(query)}` : location.pathname);
    };
    box.addEventListener("input", show);
    byId("search-form").addEventListener("submit", (event) => {
      event.preventDefault();
      results.querySelector("a")?.focus();
    });
    box.value = new URLSearchParams(location.search).get("q") ?? "";
    if (box.value) show();
    box.focus();
  };

  document.addEventListener("DOMContentLoaded", () => {
    for (const start of [themeSwitch, lights, keys, filters, copies, past, search]) start();
  });
})();
