// The list of findings: filters, order, details. What a filter is stands in the address, so that it can be linked.
"use strict";

/** Called by the tenant's details.js with its data, which is not read before it is needed. */
let parapetDetails;

(() => {
  const { byId, say, keys } = parapet;
  const form = byId("filters");
  const root = document.documentElement;

  // Details

  let source = null;
  let data = null;
  parapetDetails = (text) => {
    source = text;
    // Reading takes a moment: rather now than while somebody types.
    (window.requestIdleCallback ?? setTimeout)(() => texts());
  };
  const details = () => {
    if (data === null && source !== null) {
      data = JSON.parse(source);
      source = null;
    }
    return data;
  };
  const detailsOf = (id) => {
    const found = details()?.findings[id];
    return found ? [...found[1], ...data.rules[found[0]]] : null;
  };

  // Rows

  const groups = [...document.querySelectorAll(".group")].map((section) => ({
    section,
    list: section.querySelector(".rows"),
    total: section.querySelector(".total"),
    status: section.getAttribute("aria-labelledby"),
  }));
  const rows = groups.flatMap(({ list, status }) => [...list.children].map((element, order) => ({
    element,
    order,
    status,
    id: element.id.slice(2),
    severity: element.dataset.severity,
    service: element.dataset.service,
    frameworks: element.dataset.frameworks.split(" "),
    shown: true,
    text: "",
  })));
  const byElement = new Map(rows.map((row) => [row.element, row]));
  let hasTexts = false;

  /** What is searched: the line and its details, but for commands and links. */
  const texts = () => {
    if (hasTexts) return;
    const known = details();
    for (const row of rows) {
      const parts = [row.element.textContent];
      for (const [, kind, values] of known?.findings[row.id]?.[1] ?? []) if (kind < 2) parts.push(...values);
      const rule = known?.rules[known.findings[row.id]?.[0]];
      for (const [, kind, values] of rule ?? []) if (kind < 2) parts.push(...values);
      row.text = parts.join("\n").toLowerCase();
    }
    hasTexts = known !== null;
  };

  // The state, and the address

  const names = ["q", "severity", "status", "service", "framework", "sort"];
  const choices = (name) => [...form.querySelectorAll(`input[name=${name}]:checked`)].map((box) => box.value);
  let opened = null;
  const state = () => ({
    q: form.elements.q.value.trim(),
    severity: choices("severity"),
    status: choices("status"),
    service: form.elements.service.value,
    framework: form.elements.framework.value,
    sort: form.elements.sort.value,
  });
  const write = (now) => {
    const parameters = new URLSearchParams();
    for (const name of names) if (now[name].length > 0) parameters.set(name, String(now[name]));
    if (opened) parameters.set("open", opened);
    const text = parameters.toString();
    const address = `${location.pathname}${location.search}${text ? `#${text}` : ""}`;
    try { history.replaceState(null, "", address); } catch { /* The list works without. */ }
  };
  const read = () => {
    const text = location.hash.slice(1);
    // Other fragments are places in the page.
    if (text !== "" && !text.includes("=")) return false;
    const parameters = new URLSearchParams(text);
    form.elements.q.value = parameters.get("q") ?? "";
    for (const name of ["severity", "status"]) {
      const wanted = (parameters.get(name) ?? "").split(",");
      for (const box of form.querySelectorAll(`input[name=${name}]`)) box.checked = wanted.includes(box.value);
    }
    for (const name of ["service", "framework", "sort"]) {
      const select = form.elements[name];
      select.value = parameters.get(name) ?? "";
      if (select.selectedIndex < 0) select.value = "";
    }
    const row = rows.find(({ id }) => id === parameters.get("open"));
    if (row) {
      open(row);
      row.element.scrollIntoView({ block: "center" });
    }
    return true;
  };

  // Filter and order

  const matches = (row, now, words) =>
    (now.severity.length === 0 || now.severity.includes(row.severity))
    && (now.status.length === 0 || now.status.includes(row.status))
    && (now.service === "" || now.service === row.service)
    && (now.framework === "" || row.frameworks.includes(now.framework))
    && words.every((word) => row.text.includes(word));

  const seen = (row) => row.element.querySelector("time")?.dateTime ?? "";
  const part = (name) => (row) => row.element.querySelector(name).textContent;
  const orders = {
    "": null,
    newest: [seen, -1],
    oldest: [seen, 1],
    resource: [part(".resource"), 1],
    rule: [part(".rule"), 1],
  };
  let sorted = "";
  const sort = (order) => {
    if (order === sorted) return;
    sorted = order;
    const [key, direction] = orders[order] ?? [null, 1];
    for (const group of groups) {
      const own = rows.filter(({ status }) => status === group.status).map((row) => [key ? key(row) : "", row]);
      own.sort(([a, left], [b, right]) => (a < b ? -direction : a > b ? direction : left.order - right.order));
      group.list.replaceChildren(...own.map(([, row]) => row.element));
    }
  };

  const apply = () => {
    const now = state();
    const words = now.q.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length > 0) texts();
    sort(now.sort);
    const counts = new Map(groups.map(({ status }) => [status, 0]));
    for (const row of rows) {
      row.shown = matches(row, now, words);
      if (row.shown) counts.set(row.status, counts.get(row.status) + 1);
    }
    for (const row of rows) {
      // The lines of a group that is not shown at all can stay as they are.
      if (counts.get(row.status) > 0 && row.element.hidden === row.shown) row.element.hidden = !row.shown;
    }
    let count = 0;
    for (const { section, total, status } of groups) {
      const own = counts.get(status);
      count += own;
      section.hidden = own === 0;
      total.textContent = own;
    }
    const parts = [...counts].filter(([, own]) => own > 0).map(([status, own]) => `${own} ${status}`);
    byId("count").textContent =
      `${count} of ${rows.length} shown${parts.length > 0 ? `: ${parts.join(", ")}` : ""}`;
    byId("nothing").hidden = count > 0 || rows.length === 0;
    write(now);
  };

  // Opening a line

  const element = (name, kind, text) => {
    const made = document.createElement(name);
    if (kind) made.className = kind;
    if (text !== undefined) made.textContent = text;
    return made;
  };
  const isPlainLink = (text) => /^https:\/\/[A-Za-z0-9\-._~\/?#=&+,:%;$]+$/.test(text);
  const value = (kind, text) => {
    const line = element(kind === 2 ? "div" : "p");
    if (kind === 2) {
      line.className = "block";
      const button = element("button", "copy", "Copy");
      button.type = "button";
      line.append(element("pre", "", text), button);
    } else if (kind === 3 && isPlainLink(text)) {
      const link = element("a", "", text);
      link.href = text;
      link.rel = "noreferrer noopener";
      line.append(link);
    } else if (kind === 1) {
      line.append(element("code", "", text));
    } else {
      line.textContent = text;
    }
    return line;
  };
  const build = (row, found) => {
    const list = element("dl", "details");
    for (const [label, kind, values] of found) {
      const definition = element("dd");
      definition.append(...values.map((text) => value(kind, text)));
      list.append(element("dt", "", label), definition);
    }
    const more = element("p", "more");
    const link = element("a", "", "On the rule’s page, with all others of it");
    link.href = row.element.querySelector("a.stop").getAttribute("href");
    more.append(link);
    const panel = element("div", "panel");
    panel.append(list, more);
    return panel;
  };
  const open = (row) => {
    const found = detailsOf(row.id);
    if (!found) return false;
    if (!row.panel) {
      row.panel = build(row, found);
      row.element.append(row.panel);
    }
    row.panel.hidden = false;
    row.element.classList.add("opened");
    row.element.querySelector("a.stop").setAttribute("aria-expanded", "true");
    opened = row.id;
    return true;
  };
  const close = (row) => {
    row.panel.hidden = true;
    row.element.classList.remove("opened");
    row.element.querySelector("a.stop").setAttribute("aria-expanded", "false");
    if (opened === row.id) opened = null;
  };
  const isOpen = (row) => row.element.classList.contains("opened");
  const rowOf = (node) => byElement.get(node?.closest?.(".row"));

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(".row > a.stop");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button !== 0) return;
    const row = rowOf(link);
    if (isOpen(row)) close(row);
    // Without its data the link leads to the rule's page.
    else if (!open(row)) return;
    event.preventDefault();
    write(state());
  });

  // What people do

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", apply);
  form.addEventListener("reset", () => setTimeout(() => {
    apply();
    say("Filters cleared");
  }));
  window.addEventListener("hashchange", () => { if (read()) apply(); });

  parapet.setStops(() => groups.flatMap(({ list }) => [...list.children])
    .filter((child) => byElement.get(child).shown).map((child) => child.querySelector("a.stop")));
  keys.set("/", () => {
    byId("search").focus();
    byId("search").select();
  });
  keys.set("x", () => form.reset());
  keys.set("c", () => {
    const button = rowOf(parapet.current())?.panel?.querySelector("button.copy");
    if (button) parapet.copyBlock(button);
  });
  ["critical", "high", "medium", "low", "info"].forEach((severity, index) => {
    keys.set(String(index + 1), () => form.querySelector(`input[name=severity][value=${severity}]`).click());
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || byId("help").open) return;
    const row = rowOf(document.activeElement);
    if (row && isOpen(row)) {
      close(row);
      row.element.querySelector("a.stop").focus();
      write(state());
    }
  });

  // Where there is little room, the list comes first.
  const narrow = window.matchMedia("(max-width: 52rem)");
  const fold = () => { byId("choices").open = !narrow.matches; };
  narrow.addEventListener("change", fold);
  fold();

  // The address may name a finding whose details come after this script.
  document.addEventListener("DOMContentLoaded", () => {
    if (location.hash.length > 1 && read()) apply();
    root.classList.add("ready");
  });
})();
